package dev.plantain.eval.set;

import dev.plantain.eval.EvalSet;
import dev.plantain.eval.set.Benchmark.Need;
import dev.plantain.formats.InputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All benchmarks that are read in their official layouts. */
public final class Benchmarks {
  private static final String OWN_TERMS = "the site's own terms; read them there";

  private Benchmarks() {}

  /** In the order of the paper's tables, then the others. */
  public static List<Benchmark> all() {
    List<Benchmark> all = new ArrayList<>();
    all.add(
        new Benchmark(
            "cityscapes",
            "Cityscapes, 19 classes",
            "https://www.cityscapes-dataset.com",
            OWN_TERMS + "; needs registration",
            List.of("val", "train"),
            List.of(
                new Need("leftImg8bit/val/*/*_leftImg8bit.png", 500, "photos"),
                new Need("gtFine/val/*/*_gtFine_labelIds.png", 500, "labels (labelIds)")),
            CityscapesSet::open));
    all.add(
        new Benchmark(
            "sa-co",
            "SA-Co/Gold",
            "https://huggingface.co/datasets/facebook/SACo-Gold",
            "a licence of its own, to be accepted on that page; the evaluator's is the SAM License",
            SaCoSet.SUBSETS,
            List.of(
                new Need(
                    "{,gt-annotations/,annotations/}gold_*_merged_[abc]_release_test.json",
                    21,
                    "annotations of three annotators for seven subsets")),
            SaCoSet::open));
    for (String[] one :
        new String[][] {
          {"refcocog", "umd", "val", "test"},
          {"refcoco", "unc", "val", "testA", "testB"},
          {"refcoco+", "unc", "val", "testA", "testB"}
        }) {
      all.add(refcoco(one));
    }
    all.add(
        new Benchmark(
            "reasonseg",
            "ReasonSeg",
            "https://github.com/dvlab-research/LISA",
            "code Apache-2.0; of the data nothing is stated",
            List.of("val", "test", "train"),
            List.of(
                new Need("{,ReasonSeg/,reason_seg/ReasonSeg/}val/*.jpg", 200, "photos"),
                new Need("{,ReasonSeg/,reason_seg/ReasonSeg/}val/*.json", 200, "shapes")),
            ReasonSegSet::open));
    addCoco(all);
    addDepth(all);
    addNormals(all);
    all.add(
        new Benchmark(
            "bsds500",
            "BSDS500 boundaries",
            "https://www2.eecs.berkeley.edu/Research/Projects/CS/vision/grouping/resources.html",
            "non-commercial research and education",
            List.of("test", "val", "train"),
            List.of(
                new Need("{,BSDS500/,BSR/BSDS500/}data/images/test/*.jpg", 200, "photos"),
                new Need(
                    "{,BSDS500/,BSR/BSDS500/}data/groundTruth/test/*.mat",
                    200,
                    "boundaries of several annotators")),
            BsdsSet::official));
    return List.copyOf(all);
  }

  /** The one of a name. */
  public static Optional<Benchmark> named(String name) {
    return all().stream().filter(b -> b.name().equals(name)).findFirst();
  }

  private static Benchmark refcoco(String[] one) {
    String dataset = one[0];
    List<String> splits = new ArrayList<>();
    for (int i = 2; i < one.length; i++) {
      splits.add(one[1] + "/" + one[i]);
    }
    if (dataset.equals("refcocog")) {
      splits.add("google/val");
    }
    return new Benchmark(
        dataset,
        dataset.replace("refcoco", "RefCOCO") + ", sentences of " + splits.getFirst(),
        "https://github.com/lichengunc/refer (its archives' copies:"
            + " https://github.com/dvlab-research/LISA)",
        "API Apache-2.0; photos of COCO",
        splits,
        List.of(
            new Need(dataset + "/refs(" + one[1] + ").{p,json}", 1, "references"),
            new Need(dataset + "/instances.json", 1, "masks"),
            new Need("{images/mscoco/images/,images/,}train2014/*.jpg", 1, "COCO's train2014")),
        (folder, split) -> {
          String[] parts = split.split("/");
          if (parts.length != 2) {
            throw new InputException(
                "a split of %s is %s".formatted(dataset, String.join(" or ", splits)));
          }
          return RefCocoSet.open(folder, dataset, parts[0], parts[1]);
        });
  }

  private static void addCoco(List<Benchmark> all) {
    String address = "https://cocodataset.org/#download";
    String terms = "annotations CC BY 4.0; photos under Flickr's terms";
    Need photos = new Need("val2017/*.jpg", 5000, "photos");
    Need instances = new Need("annotations/instances_val2017.json", 1, "instances");
    all.add(
        new Benchmark(
            "coco",
            "COCO instances, categories that are there",
            address,
            terms,
            List.of("val2017", "train2017"),
            List.of(photos, instances),
            (folder, split) -> CocoSets.instances(folder, split, false)));
    all.add(
        new Benchmark(
            "coco-all",
            "COCO instances, all 80 categories asked of every photo",
            address,
            terms,
            List.of("val2017", "train2017"),
            List.of(photos, instances),
            (folder, split) -> CocoSets.instances(folder, split, true)));
    all.add(
        new Benchmark(
            "coco-panoptic",
            "COCO panoptic",
            address,
            terms,
            List.of("val2017", "train2017"),
            List.of(
                photos,
                new Need("annotations/panoptic_val2017.json", 1, "segments"),
                new Need("{annotations/,}panoptic_val2017/*.png", 5000, "segment maps")),
            CocoPanopticSet::open));
    all.add(
        new Benchmark(
            "coco-object",
            "COCO-Object, 80 classes and background",
            "https://github.com/nightrome/cocostuff",
            terms,
            List.of("val2017", "train2017"),
            List.of(
                photos, instances, new Need("stuffthingmaps/val2017/*.png", 5000, "pixel maps")),
            CocoSets::objects));
  }

  private static void addDepth(List<Benchmark> all) {
    all.add(
        new Benchmark(
            "nyuv2",
            "NYUv2 depth, 654 of the test",
            "https://cs.nyu.edu/~fergus/datasets/nyu_depth_v2.html",
            OWN_TERMS,
            List.of("test"),
            List.of(
                new Need("nyu_depth_v2_labeled.mat", 1, "photos and depths"),
                new Need("splits.mat", 1, "the split")),
            (folder, split) -> new NyuSet(folder)));
    all.add(
        new Benchmark(
            "ibims-1",
            "iBims-1 depth",
            "https://www.asg.ed.tum.de/lmf/ibims1/",
            OWN_TERMS,
            List.of("test"),
            List.of(
                new Need("{,ibims1_core_raw/}rgb/*.png", 100, "photos"),
                new Need("{,ibims1_core_raw/}depth/*.png", 100, "depths"),
                new Need("{,ibims1_core_raw/}mask_{invalid,transp}/*.png", 200, "masks")),
            (folder, split) -> DepthSets.ibims(folder)));
    all.add(
        new Benchmark(
            "eth3d",
            "ETH3D depth",
            "https://www.eth3d.net/datasets",
            "CC BY-NC-SA 4.0",
            List.of("train"),
            List.of(
                new Need("*/images/dslr_images/*.JPG", 454, "photos"),
                new Need("*/ground_truth_depth/dslr_images/*.JPG", 454, "depths, raw float32")),
            (folder, split) -> DepthSets.eth3d(folder)));
    all.add(
        new Benchmark(
            "diode",
            "DIODE indoor depth",
            "https://diode-dataset.org",
            OWN_TERMS,
            List.of("val"),
            List.of(
                new Need("{,val/,diode/val/}indoors/*/*/*_depth.npy", 325, "depths"),
                new Need("{,val/,diode/val/}indoors/*/*/*_depth_mask.npy", 325, "masks")),
            (folder, split) -> DepthSets.diode(folder)));
    all.add(
        new Benchmark(
            "kitti-eigen",
            "KITTI depth, Eigen's test",
            "https://www.cvlibs.net/datasets/kitti/eval_depth_all.php",
            "CC BY-NC-SA 3.0",
            List.of("test"),
            List.of(
                new Need(
                    "{eigen_test_files,eigen_test_files_with_gt,kitti_eigen_test}.txt",
                    1,
                    "the list of 697 pictures"),
                new Need(
                    "{,val/,train/,gts/}*/proj_depth/groundtruth/image_02/*.png", 652, "depths")),
            (folder, split) -> DepthSets.kitti(folder)));
    all.add(
        new Benchmark(
            "nuscenes",
            "nuScenes depth from laser scans",
            "https://www.nuscenes.org/nuscenes#download",
            OWN_TERMS + "; needs registration",
            List.of("val"),
            List.of(
                new Need(
                    "v1.0-{trainval,mini}/"
                        + "{scene,sample,sample_data,sensor,calibrated_sensor,ego_pose}.json",
                    6,
                    "tables"),
                new Need("samples/LIDAR_TOP/*.bin", 1, "laser scans"),
                new Need("samples/CAM_FRONT/*.jpg", 1, "photos")),
            (folder, split) -> NuScenesSet.open(folder, Set.of())));
  }

  private static void addNormals(List<Benchmark> all) {
    String address = "https://github.com/baegwangbin/DSINE";
    String terms = "Imperial College's own agreement";
    for (Object[] one :
        new Object[][] {
          {"normals-nyuv2", "Normals of NYUv2", "nyuv2/test", 654, NormalSets.Dsine.NYU},
          {"normals-scannet", "Normals of ScanNet", "scannet/**", 300, NormalSets.Dsine.SCANNET},
          {
            "normals-vkitti",
            "Normals of Virtual KITTI 2",
            "vkitti/**",
            1000,
            NormalSets.Dsine.VKITTI
          }
        }) {
      NormalSets.Dsine which = (NormalSets.Dsine) one[4];
      all.add(
          new Benchmark(
              (String) one[0],
              (String) one[1],
              address,
              terms,
              List.of("test"),
              List.of(
                  new Need("{,dsine_eval/}" + one[2] + "/*_normal.png", (int) one[3], "normals")),
              (folder, split) -> NormalSets.dsine(folder, which)));
    }
    all.add(
        new Benchmark(
            "normals-diode",
            "Normals of DIODE indoor",
            "https://diode-dataset.org",
            OWN_TERMS,
            List.of("val"),
            List.of(new Need("{,val/,diode/val/}indoors/*/*/*_normal.npy", 325, "normals")),
            (folder, split) -> NormalSets.diode(folder)));
  }

  /**
   * Opens a split of a downloaded set.
   *
   * @param split null for the usual one
   * @throws InputException also if the benchmark has no such split; names those it has
   */
  public static EvalSet open(Benchmark benchmark, Path folder, @Nullable String split)
      throws IOException {
    String wanted = split == null ? benchmark.splits().getFirst() : split;
    if (!benchmark.splits().contains(wanted)) {
      throw new InputException(
          "%s has no split \"%s\"; there are %s"
              .formatted(benchmark.name(), wanted, String.join(", ", benchmark.splits())));
    }
    return benchmark.opener().open(folder, wanted);
  }
}
