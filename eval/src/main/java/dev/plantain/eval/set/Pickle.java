package dev.plantain.eval.set;

import dev.plantain.formats.InputException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Python pickles of plain data: dictionaries, lists, tuples, texts, numbers. Nothing in a file is
 * run: a pickle that names a class or calls a function is refused (format: Lib/pickletools.py of
 * CPython).
 */
final class Pickle {
  private static final long MOST_BYTES = 512L << 20;
  private static final int MOST_VALUES = 50_000_000;

  /** Marks where a list of values begins. */
  private static final Object MARK = new Object();

  private final Path file;
  private final ByteBuffer in;
  private final List<@Nullable Object> stack = new ArrayList<>();
  private final Map<Integer, @Nullable Object> memo = new HashMap<>();
  private int values;

  private Pickle(Path file, byte[] bytes) {
    this.file = file;
    in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Reads a file.
   *
   * @return a {@code Map}, {@code List}, {@code String}, {@code Long}, {@code Double}, {@code
   *     Boolean} or null
   * @throws InputException if it is damaged, too large or holds more than plain data
   */
  static @Nullable Object read(Path file) throws InputException {
    try {
      if (Files.size(Folders.required(file)) > MOST_BYTES) {
        throw new InputException.TooLarge(file + " is larger than 512 MB");
      }
      return new Pickle(file, Files.readAllBytes(file)).read();
    } catch (InputException e) {
      throw e;
    } catch (IOException e) {
      throw new InputException("%s cannot be read: %s".formatted(file, e.getMessage()), e);
    } catch (RuntimeException e) {
      throw new InputException.Damaged(file + " is no pickle, or a damaged one", e);
    }
  }

  private @Nullable Object read() throws InputException {
    while (true) {
      int code = in.get() & 0xFF;
      if (code == '.') {
        return pop();
      }
      if (++values > MOST_VALUES) {
        throw new InputException.TooLarge(file + " holds too many values");
      }
      if (!value(code) && !structure(code) && !memory(code)) {
        throw new InputException(
            "%s is a pickle of more than plain data (code 0x%02x); nothing in it is run"
                .formatted(file, code));
      }
    }
  }

  /** Codes that push a number, a text, a truth value or None. */
  private boolean value(int code) {
    switch (code) {
      case 'N' -> push(null);
      case 0x88 -> push(true);
      case 0x89 -> push(false);
      case 'I' -> {
        String line = line();
        push(line.equals("00") ? (Object) false : line.equals("01") ? true : Long.valueOf(line));
      }
      case 'L' -> push(Long.valueOf(line().replace("L", "")));
      case 'J' -> push((long) in.getInt());
      case 'K' -> push((long) (in.get() & 0xFF));
      case 'M' -> push((long) (in.getShort() & 0xFFFF));
      case 0x8a -> {
        byte[] little = bytes(in.get() & 0xFF);
        byte[] big = new byte[little.length + 1];
        for (int i = 0; i < little.length; i++) {
          big[big.length - 1 - i] = little[i];
        }
        big[0] = (byte) (little.length > 0 && little[little.length - 1] < 0 ? -1 : 0);
        push(new BigInteger(big).longValueExact());
      }
      case 'F' -> push(Double.valueOf(line()));
      case 'G' -> push(Double.longBitsToDouble(Long.reverseBytes(in.getLong())));
      case 'S' -> push(unquoted(line()));
      case 'T' -> push(latin(bytes(in.getInt())));
      case 'U' -> push(latin(bytes(in.get() & 0xFF)));
      case 'V' -> push(escaped(line()));
      case 'X' -> push(new String(bytes(in.getInt()), StandardCharsets.UTF_8));
      case 0x8c -> push(new String(bytes(in.get() & 0xFF), StandardCharsets.UTF_8));
      default -> {
        return false;
      }
    }
    return true;
  }

  /** Codes that build lists and dictionaries. */
  private boolean structure(int code) {
    switch (code) {
      case '(' -> push(MARK);
      case ']' -> push(new ArrayList<>());
      case '}' -> push(new LinkedHashMap<>());
      case ')' -> push(new ArrayList<>());
      case 'l', 't' -> push(toMark());
      case 0x85, 0x86, 0x87 -> {
        int n = code - 0x84;
        List<@Nullable Object> last =
            new ArrayList<>(stack.subList(stack.size() - n, stack.size()));
        stack.subList(stack.size() - n, stack.size()).clear();
        push(last);
      }
      case 'd' -> {
        List<@Nullable Object> pairs = toMark();
        push(new LinkedHashMap<>());
        put(pairs);
      }
      case 'a' -> {
        Object value = pop();
        list().add(value);
      }
      case 'e' -> {
        List<@Nullable Object> some = toMark();
        list().addAll(some);
      }
      case 's' -> {
        Object value = pop();
        Object key = pop();
        List<@Nullable Object> pair = new ArrayList<>();
        pair.add(key);
        pair.add(value);
        put(pair);
      }
      case 'u' -> put(toMark());
      default -> {
        return false;
      }
    }
    return true;
  }

  /** Codes that remember and recall, and those that only speak of the format. */
  private boolean memory(int code) {
    switch (code) {
      case 0x80 -> in.get();
      case 0x95 -> in.getLong();
      case '0' -> pop();
      case '2' -> push(top());
      case 'p' -> memo.put(Integer.valueOf(line()), top());
      case 'q' -> memo.put(in.get() & 0xFF, top());
      case 'r' -> memo.put(in.getInt(), top());
      case 0x94 -> memo.put(memo.size(), top());
      case 'g' -> recall(Integer.parseInt(line()));
      case 'h' -> recall(in.get() & 0xFF);
      case 'j' -> recall(in.getInt());
      default -> {
        return false;
      }
    }
    return true;
  }

  private void recall(int key) {
    if (!memo.containsKey(key)) {
      throw new IllegalArgumentException("nothing is remembered as " + key);
    }
    push(memo.get(key));
  }

  private void push(@Nullable Object value) {
    stack.add(value);
  }

  private @Nullable Object pop() {
    return stack.removeLast();
  }

  private @Nullable Object top() {
    return stack.getLast();
  }

  private List<@Nullable Object> toMark() {
    int from = stack.lastIndexOf(MARK);
    List<@Nullable Object> some = new ArrayList<>(stack.subList(from + 1, stack.size()));
    stack.subList(from, stack.size()).clear();
    return some;
  }

  @SuppressWarnings("unchecked") // lists are made here only
  private List<@Nullable Object> list() {
    return (List<@Nullable Object>) Objects.requireNonNull(top());
  }

  @SuppressWarnings("unchecked") // dictionaries are made here only
  private void put(List<@Nullable Object> pairs) {
    Map<@Nullable Object, @Nullable Object> map =
        (Map<@Nullable Object, @Nullable Object>) Objects.requireNonNull(top());
    for (int i = 0; i < pairs.size(); i += 2) {
      Object key = pairs.get(i);
      if (key instanceof List || key instanceof Map) {
        throw new IllegalArgumentException("a key is no plain value");
      }
      map.put(key, pairs.get(i + 1));
    }
  }

  private byte[] bytes(int count) {
    if (count < 0 || count > in.remaining()) {
      throw new IllegalArgumentException("a text of %d bytes".formatted(count));
    }
    byte[] some = new byte[count];
    in.get(some);
    return some;
  }

  private String line() {
    int from = in.position();
    int n = 0;
    while (in.get() != '\n') {
      n++;
    }
    return new String(in.array(), from, n, StandardCharsets.ISO_8859_1).strip();
  }

  /** Python 2's texts are bytes: UTF-8 if they can be. */
  private static String latin(byte[] bytes) {
    String utf8 = new String(bytes, StandardCharsets.UTF_8);
    return utf8.indexOf('\uFFFD') < 0 ? utf8 : new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /** A text as Python 2 prints it: in quotes, with escapes. */
  private static String unquoted(String line) {
    if (line.length() < 2 || line.charAt(0) != line.charAt(line.length() - 1)) {
      throw new IllegalArgumentException("a text without quotes");
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 1; i < line.length() - 1; i++) {
      char c = line.charAt(i);
      if (c != '\\') {
        out.write(c);
        continue;
      }
      char escape = line.charAt(++i);
      switch (escape) {
        case 'n' -> out.write('\n');
        case 't' -> out.write('\t');
        case 'r' -> out.write('\r');
        case 'x' -> {
          out.write(Integer.parseInt(line.substring(i + 1, i + 3), 16));
          i += 2;
        }
        default -> out.write(escape);
      }
    }
    return latin(out.toByteArray());
  }

  /** A text in raw-unicode-escape. */
  private static String escaped(String line) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < line.length(); i++) {
      if (line.startsWith("\\u", i)) {
        text.append((char) Integer.parseInt(line.substring(i + 2, i + 6), 16));
        i += 5;
      } else {
        text.append(line.charAt(i));
      }
    }
    return text.toString();
  }
}
