package dev.plantain.formats;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** PLY files: binary little-endian, metres, OpenCV's axes (x right, y down, z forward). */
public final class Ply {
  private Ply() {}

  /** Writes points, and triangles if there are any. */
  public static void write(Path file, DepthMesh mesh) throws OutputException {
    float[] xyz = mesh.xyz();
    byte[] rgb8 = mesh.rgb8();
    int[] triangles = mesh.triangles();
    String faces =
        triangles.length == 0
            ? ""
            : "element face %d\nproperty list uchar int vertex_indices\n"
                .formatted(triangles.length / 3);
    String header =
        """
        ply
        format binary_little_endian 1.0
        comment metres, x right, y down, z forward
        element vertex %d
        property float x
        property float y
        property float z
        property uchar red
        property uchar green
        property uchar blue
        %send_header
        """
            .formatted(mesh.points(), faces);
    ByteBuffer vertices = ByteBuffer.allocate(15 * mesh.points()).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < xyz.length; i += 3) {
      vertices.putFloat(xyz[i]).putFloat(xyz[i + 1]).putFloat(xyz[i + 2]);
      vertices.put(rgb8, i, 3);
    }
    ByteBuffer indices =
        ByteBuffer.allocate(13 * (triangles.length / 3)).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < triangles.length; i += 3) {
      indices.put((byte) 3);
      indices.putInt(triangles[i]).putInt(triangles[i + 1]).putInt(triangles[i + 2]);
    }
    AtomicFile.write(
        file,
        out -> {
          out.write(header.getBytes(StandardCharsets.US_ASCII));
          out.write(vertices.array());
          out.write(indices.array());
        });
  }
}
