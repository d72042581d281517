package dev.plantain.train;

import dev.plantain.sprout.SproutModel;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/** A model and what of it is trained. */
interface Trainable extends AutoCloseable {

  /** What the optimiser changes, by name; this object's. */
  Map<String, Tensor> parameters();

  /** The model that training began with. */
  SproutModel base();

  /** The model as its parameters make it now; to be used within the open scope only. */
  default SproutModel model() {
    return model(parameters());
  }

  /**
   * The model as other values make it; to be used within the open scope only.
   *
   * @param values of {@link #parameters}, such as their averages
   */
  default SproutModel model(Map<String, Tensor> values) {
    return base().with(weights(values));
  }

  /**
   * The weights of a whole model.
   *
   * @param values of {@link #parameters}, such as their averages
   */
  Map<String, Tensor> weights(Map<String, Tensor> values);

  @Override
  void close();

  /** All parameters are trained. */
  record Full(SproutModel base) implements Trainable {
    @Override
    public Map<String, Tensor> parameters() {
      return base.parameters();
    }

    /** The network itself: there is nothing to lay over it. */
    @Override
    public SproutModel model() {
      return base;
    }

    @Override
    public Map<String, Tensor> weights(Map<String, Tensor> values) {
      return values;
    }

    @Override
    public void close() {
      base.close();
    }
  }
}
