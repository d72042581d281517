package dev.plantain.eval.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class InstanceStudyTest {
  @Test
  void theDefaultDecoderBeatsThePapers() {
    List<InstanceStudy.Row> rows = InstanceStudy.rows(35, 1);
    assertThat(rows).hasSize(Corruption.values().length + 1);
    for (InstanceStudy.Row row : rows) {
      // Five drawings a row are few: no worse is all they can show.
      assertThat(row.named()).as("%s", row).isGreaterThan(row.paper() - 0.03);
    }
    InstanceStudy.Row all = rows.getLast();
    assertThat(all.named()).as("%s", all).isGreaterThan(all.paper() + 0.3);
    assertThat(all.unnamed()).as("%s", all).isGreaterThan(all.paper() + 0.3);
  }

  @Test
  @Tag("slow")
  void theDefaultDecoderBeatsThePapersOnEveryCorruption() {
    for (InstanceStudy.Row row : InstanceStudy.rows(500, 20260420)) {
      assertThat(row.named()).as("%s", row).isGreaterThan(row.paper());
      assertThat(row.unnamed()).as("%s", row).isGreaterThan(row.paper());
    }
  }

  @Test
  void jpegSpoilsAndRepairHelps() throws Exception {
    float[] depth = new float[96 * 96];
    for (int i = 0; i < depth.length; i++) {
      depth[i] = Math.hypot(i % 96 - 48, i / 96 - 48) < 30 ? 1.2f : 6;
    }
    byte[] rgb8 = new byte[3 * depth.length];
    dev.plantain.codec.DepthCodec.paper().encode(depth, rgb8);
    JpegDepthStudy.Reading clean = JpegDepthStudy.read(depth, rgb8, 96, 96);
    assertThat(clean.absRel()).isEqualTo(clean.pixelwise());
    JpegDepthStudy.Reading jpeg =
        JpegDepthStudy.read(depth, JpegDepthStudy.recompress(rgb8, 96, 96, 0.95), 96, 96);
    assertThat(jpeg.pixelwise()).isGreaterThan(3 * clean.pixelwise());
    assertThat(jpeg.absRel()).isLessThan(jpeg.pixelwise() / 2);
    assertThat(jpeg.smoothed()).isZero();
  }
}
