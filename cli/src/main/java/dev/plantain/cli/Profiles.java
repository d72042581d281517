package dev.plantain.cli;

import dev.plantain.core.ColourProfile;
import dev.plantain.formats.InputException;
import dev.plantain.hosted.Places;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32;

/** Colour profiles on disk, one for each generator; {@code plantain calibrate} makes them. */
final class Profiles {
  private Profiles() {}

  /** Where the profile of a generator is, or would be. */
  static Path file(String spec) {
    return Places.own().profiles().resolve(Slug.of(spec) + ".properties");
  }

  /** The profile of a generator; that of one without distortion if none was measured. */
  static ColourProfile of(String spec) throws IOException {
    Path file = file(spec);
    return Files.isRegularFile(file) ? read(file) : ColourProfile.identity();
  }

  /** What tells the profile of a generator from another; empty if none was measured. */
  static Optional<String> mark(String spec) throws IOException {
    Path file = file(spec);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    CRC32 crc = new CRC32();
    crc.update(Files.readAllBytes(file));
    return Optional.of(HexFormat.of().toHexDigits((int) crc.getValue()));
  }

  static ColourProfile read(Path file) throws IOException {
    try {
      return ColourProfile.read(file);
    } catch (IllegalArgumentException e) {
      throw new InputException(String.valueOf(e.getMessage()), e);
    }
  }
}
