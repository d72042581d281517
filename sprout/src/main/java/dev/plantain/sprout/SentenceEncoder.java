package dev.plantain.sprout;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.plantain.core.GeneratorException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Words to vectors: the frozen sentence encoder all-MiniLM-L6-v2 (Apache-2.0, quantised, from the
 * langchain4j artifact), token by token.
 *
 * <p>Thread-safe. Texts seen lately are remembered, so asking a legend again costs nothing.
 */
final class SentenceEncoder implements AutoCloseable {
  /** Values of one vector. */
  static final int WIDTH = 384;

  private static final int MAX_TOKENS = 64;
  private static final long OPENING_STACK_BYTES = 64L << 20;
  private static final int REMEMBERED = 4096;
  private static final String MODEL = "/all-minilm-l6-v2-q.onnx";
  private static final String VOCABULARY = "/all-minilm-l6-v2-q-tokenizer.json";

  private final HuggingFaceTokenizer tokenizer;
  private final OrtSession session;
  private final Map<String, Encoded> remembered =
      new LinkedHashMap<>(256, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Encoded> eldest) {
          return size() > REMEMBERED;
        }
      };

  /**
   * A text in vectors.
   *
   * @param words one vector for each word piece, row-major, each {@link #WIDTH} long
   * @param whole the mean of the words, of unit length
   */
  record Encoded(float[] words, float[] whole) {
    int count() {
      return words.length / WIDTH;
    }

    /** Of the angle between the texts as wholes; 0 with an empty one. */
    double cosine(Encoded other) {
      double dot = 0;
      for (int i = 0; i < WIDTH; i++) {
        dot += whole[i] * other.whole[i];
      }
      return dot;
    }
  }

  SentenceEncoder() {
    // The tokenizer's library would otherwise report its use to a server.
    if (System.getProperty("OPT_OUT_TRACKING") == null) {
      System.setProperty("OPT_OUT_TRACKING", "true");
    }
    try (InputStream vocabulary = resource(VOCABULARY);
        InputStream model = resource(MODEL)) {
      tokenizer =
          HuggingFaceTokenizer.newInstance(
              vocabulary, Map.of("padding", "false", "truncation", "false"));
      session = open(model.readAllBytes());
    } catch (IOException e) {
      throw new GeneratorException("sprout cannot load its sentence encoder: " + e.getMessage(), e);
    }
  }

  /**
   * ONNX Runtime optimises a graph by deep recursion: on a thread with Java's usual stack the whole
   * process dies, so it gets a thread with a large one.
   */
  private static OrtSession open(byte[] model) {
    CompletableFuture<OrtSession> opened = new CompletableFuture<>();
    Thread.ofPlatform()
        .stackSize(OPENING_STACK_BYTES)
        .name("sentence-encoder")
        .start(
            () -> {
              try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
                options.setIntraOpNumThreads(1);
                options.setInterOpNumThreads(1);
                opened.complete(OrtEnvironment.getEnvironment().createSession(model, options));
              } catch (OrtException | RuntimeException e) {
                opened.completeExceptionally(e);
              }
            });
    try {
      return opened.join();
    } catch (CompletionException e) {
      throw new GeneratorException("sprout cannot load its sentence encoder: " + e.getMessage(), e);
    }
  }

  private static InputStream resource(String name) throws IOException {
    InputStream in = SentenceEncoder.class.getResourceAsStream(name);
    if (in == null) {
      throw new IOException("the resource " + name + " is missing from the class path");
    }
    return in;
  }

  /** Encodes a text; only its first 62 word pieces count. */
  Encoded encode(String text) {
    synchronized (remembered) {
      Encoded known = remembered.get(text);
      if (known != null) {
        return known;
      }
    }
    Encoded encoded = run(text);
    synchronized (remembered) {
      remembered.put(text, encoded);
    }
    return encoded;
  }

  private Encoded run(String text) {
    Encoding tokens = tokenizer.encode(text);
    long[] ids = tokens.getIds();
    if (ids.length > MAX_TOKENS) {
      long end = ids[ids.length - 1];
      ids = Arrays.copyOf(ids, MAX_TOKENS);
      ids[MAX_TOKENS - 1] = end;
    }
    long[] ones = new long[ids.length];
    Arrays.fill(ones, 1);
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OnnxTensor input = OnnxTensor.createTensor(environment, new long[][] {ids});
        OnnxTensor mask = OnnxTensor.createTensor(environment, new long[][] {ones});
        OnnxTensor types =
            OnnxTensor.createTensor(environment, new long[][] {new long[ids.length]});
        OrtSession.Result result =
            session.run(
                Map.of("input_ids", input, "attention_mask", mask, "token_type_ids", types))) {
      float[][] vectors = ((float[][][]) result.get(0).getValue())[0];
      return pool(vectors);
    } catch (OrtException e) {
      throw new GeneratorException("sprout cannot read the prompt: " + e.getMessage(), e);
    }
  }

  /** Drops the start and end marks; the mean is over the words that remain. */
  private static Encoded pool(float[][] vectors) {
    int count = Math.max(0, vectors.length - 2);
    float[] words = new float[count * WIDTH];
    float[] whole = new float[WIDTH];
    for (int t = 0; t < count; t++) {
      System.arraycopy(vectors[t + 1], 0, words, t * WIDTH, WIDTH);
      for (int i = 0; i < WIDTH; i++) {
        whole[i] += vectors[t + 1][i];
      }
    }
    double square = 0;
    for (float v : whole) {
      square += v * v;
    }
    float scale = square > 0 ? (float) (1 / Math.sqrt(square)) : 0;
    for (int i = 0; i < WIDTH; i++) {
      whole[i] *= scale;
    }
    return new Encoded(words, whole);
  }

  @Override
  public void close() {
    tokenizer.close();
    try {
      session.close();
    } catch (OrtException e) {
      throw new GeneratorException("sprout's sentence encoder did not close: " + e.getMessage(), e);
    }
  }
}
