package dev.plantain.formats;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;

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
            : String.format(
                Locale.ROOT,
                "element face %d\nproperty list uchar int vertex_indices\n",
                triangles.length / 3);
    String header =
        String.format(
            Locale.ROOT,
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
            """,
            mesh.points(),
            faces);
    AtomicFile.write(
        file,
        out -> {
          out.write(header.getBytes(StandardCharsets.US_ASCII));
          // One at a time: all of a large photo's do not fit into one array.
          ByteBuffer vertex = ByteBuffer.allocate(15).order(ByteOrder.LITTLE_ENDIAN);
          for (int i = 0; i < xyz.length; i += 3) {
            vertex.clear().putFloat(xyz[i]).putFloat(xyz[i + 1]).putFloat(xyz[i + 2]);
            out.write(vertex.put(rgb8, i, 3).array());
          }
          ByteBuffer face = ByteBuffer.allocate(13).order(ByteOrder.LITTLE_ENDIAN);
          for (int i = 0; i < triangles.length; i += 3) {
            face.clear().put((byte) 3).putInt(triangles[i]).putInt(triangles[i + 1]);
            out.write(face.putInt(triangles[i + 2]).array());
          }
        });
  }
}
