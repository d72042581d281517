package dev.plantain.train;

import dev.plantain.sprout.SproutModel;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/** A model and what of it is trained. */
interface Trainable extends AutoCloseable {

  /** What the optimiser changes, by name; this object's. */
  Map<String, Tensor> parameters();

  /** The model as its parameters make it now; to be used within the open scope only. */
  SproutModel model();

  /**
   * The weights of a whole model.
   *
   * @param values of {@link #parameters}, such as their averages
   */
  Map<String, Tensor> weights(Map<String, Tensor> values);

  @Override
  void close();

  /** All parameters are trained. */
  record Full(SproutModel model) implements Trainable {
    @Override
    public Map<String, Tensor> parameters() {
      return model.parameters();
    }

    @Override
    public Map<String, Tensor> weights(Map<String, Tensor> values) {
      return values;
    }

    @Override
    public void close() {
      model.close();
    }
  }
}
