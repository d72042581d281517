package dev.plantain.core.instruct;

/** The kinds of task, as dialects name them. */
enum TaskKind {
  DEPTH_METRIC("depth.metric", "metric depth", "Depth.metric()"),
  DEPTH_RELATIVE("depth.relative", "relative depth", "Depth.relative()"),
  NORMALS("normals", "surface normals", "Normals.camera()"),
  SEGMENTS("segments", "segmentation by class", "Segments.of(…)"),
  INSTANCES("instances", "instance segmentation", "Instances.of(…)"),
  REFERRING("referring", "masks of phrases", "Referring.to(…)"),
  EDGES("edges", "edges", "Edges.boundaries()");

  /** The prefix of its keys in a dialect's file. */
  final String key;

  final String title;

  /** How it is asked for in code. */
  final String call;

  TaskKind(String key, String title, String call) {
    this.key = key;
    this.title = title;
    this.call = call;
  }

  static TaskKind of(Ask ask) {
    return switch (ask) {
      case Ask.MetricDepth depth -> DEPTH_METRIC;
      case Ask.RelativeDepth depth -> DEPTH_RELATIVE;
      case Ask.Normals normals -> NORMALS;
      case Ask.Segments segments -> SEGMENTS;
      case Ask.Instances instances -> INSTANCES;
      case Ask.Referring referring -> REFERRING;
      case Ask.Edges edges -> EDGES;
    };
  }

  /** The task that answers most of what this one would. */
  TaskKind nearest() {
    return switch (this) {
      case DEPTH_METRIC -> DEPTH_RELATIVE;
      case DEPTH_RELATIVE -> DEPTH_METRIC;
      case NORMALS -> DEPTH_METRIC;
      case SEGMENTS -> REFERRING;
      case INSTANCES -> SEGMENTS;
      case REFERRING -> SEGMENTS;
      case EDGES -> NORMALS;
    };
  }
}
