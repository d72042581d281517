package dev.plantain.core;

import dev.plantain.core.measure.Instance;
import dev.plantain.core.measure.InstanceList;
import dev.plantain.core.measure.Mask;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The instances that more than half of the answers have. Masks of different answers that overlap
 * are the same instance; it gets the pixels most of them give it. Its score is the mean score of
 * the answers that have it, times their share.
 */
final class InstanceConsensus {
  /** Masks that overlap this much are the same instance. */
  private static final double SAME_IOU = 0.5;

  private InstanceConsensus() {}

  /** The masks of one instance so far, one of each answer at most. */
  private static final class Group {
    final List<Instance> members = new ArrayList<>();
    final int[] votes;
    Mask consensus;

    Group(Instance first) {
      votes = new int[first.mask().width() * first.mask().height()];
      consensus = first.mask();
      add(first);
    }

    void add(Instance instance) {
      members.add(instance);
      instance.mask().bits().stream().forEach(i -> votes[i]++);
      consensus =
          Mask.of(
              consensus.phrase(), consensus.width(), consensus.height(), pixels(new BitSet()), 1);
    }

    /**
     * Those more than half of the members have, but for those taken; of two members, those either
     * has.
     */
    BitSet pixels(BitSet taken) {
      BitSet pixels = new BitSet(votes.length);
      int needed = members.size() / 2 + (members.size() > 2 ? 1 : 0);
      for (int i = 0; i < votes.length; i++) {
        pixels.set(i, votes[i] >= Math.max(1, needed));
      }
      pixels.andNot(taken);
      return pixels;
    }
  }

  private record Pair(Group group, int index, double iou) {}

  static InstanceList of(List<InstanceList> answers) {
    InstanceList first = answers.getFirst();
    List<Group> groups = new ArrayList<>();
    for (InstanceList answer : answers) {
      join(groups, answer);
    }
    groups.sort(
        Comparator.comparingInt((Group g) -> -g.members.size())
            .thenComparingInt(g -> -g.consensus.area()));
    List<Instance> fused = new ArrayList<>();
    BitSet taken = new BitSet();
    double sum = 0;
    for (Group group : groups) {
      BitSet pixels = group.pixels(taken);
      if (2 * group.members.size() > answers.size() && !pixels.isEmpty()) {
        taken.or(pixels);
        double score = 0;
        for (Instance instance : group.members) {
          score += instance.mask().score() / answers.size();
        }
        float bounded = (float) Math.clamp(score, 0, 1);
        sum += bounded;
        Mask mask = Mask.of(first.phrase(), first.width(), first.height(), pixels, bounded);
        fused.add(new Instance(mask, group.members.getFirst().rgb()));
      }
    }
    fused.sort(Comparator.comparingInt((Instance instance) -> -instance.mask().area()));
    double score =
        fused.isEmpty()
            ? answers.stream().filter(List::isEmpty).count() / (double) answers.size()
            : sum / fused.size();
    return new InstanceList(
        first.phrase(), first.width(), first.height(), fused, (float) Math.clamp(score, 0, 1));
  }

  /** Gives each instance of an answer to a group, the best matches first, none to two. */
  private static void join(List<Group> groups, InstanceList answer) {
    List<Pair> pairs = new ArrayList<>();
    for (Group group : groups) {
      for (int i = 0; i < answer.size(); i++) {
        double iou = group.consensus.iou(answer.get(i).mask());
        if (iou >= SAME_IOU) {
          pairs.add(new Pair(group, i, iou));
        }
      }
    }
    pairs.sort(Comparator.comparingDouble((Pair p) -> -p.iou));
    Set<Group> joined = new HashSet<>();
    BitSet given = new BitSet();
    for (Pair pair : pairs) {
      if (!given.get(pair.index) && joined.add(pair.group)) {
        pair.group.add(answer.get(pair.index));
        given.set(pair.index);
      }
    }
    for (int i = 0; i < answer.size(); i++) {
      if (!given.get(i)) {
        groups.add(new Group(answer.get(i)));
      }
    }
  }
}
