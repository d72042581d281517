package dev.plantain.sprout;

import dev.plantain.torch.Parameters;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Sprout's one network: a photo encoder, a prompt encoder and a drawing decoder under one
 * generative loss. No task enters but by the prompt's words.
 */
final class Network {
  final PhotoEncoder photo;
  final PromptEncoder prompt;
  final DrawingDecoder drawing;

  Network(Parameters parameters, NetworkShape shape) {
    photo = new PhotoEncoder(parameters, shape);
    prompt = new PromptEncoder(parameters, shape);
    drawing = new DrawingDecoder(parameters, shape);
    parameters.requireAllUsed();
  }

  /**
   * The clean drawing that a noisy one shows.
   *
   * @param noisy B,3,H,W
   * @param time B in 0..1; 1 is clean
   * @param features B rows
   */
  Tensor clean(
      Tensor noisy, Tensor time, PhotoEncoder.Features features, PromptEncoder.Encoded prompts) {
    return drawing.decode(noisy, time, features, prompts).to(ScalarType.Float);
  }
}
