package dev.plantain.hosted;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What may be spent on calls, shared by all generators and language models of a run. A call is paid
 * for before it goes out, by an estimate, and settled after; one that the server surely did not
 * serve is paid back.
 */
public final class Budget {
  private final OptionalInt maxCalls;
  private final OptionalDouble maxCost;
  private int calls;
  private double cost;
  private boolean priced = true;

  private Budget(OptionalInt maxCalls, OptionalDouble maxCost) {
    this.maxCalls = maxCalls;
    this.maxCost = maxCost;
  }

  /** Without bounds. */
  public static Budget unlimited() {
    return new Budget(OptionalInt.empty(), OptionalDouble.empty());
  }

  /**
   * With bounds.
   *
   * @param maxCalls paid calls at most
   * @param maxCost US dollars at most, by the table of prices
   */
  public static Budget of(OptionalInt maxCalls, OptionalDouble maxCost) {
    if (maxCalls.orElse(0) < 0 || !(maxCost.orElse(0) >= 0)) {
      throw new IllegalArgumentException("a budget is not negative");
    }
    return new Budget(maxCalls, maxCost);
  }

  /** Calls at most. */
  public OptionalInt maxCalls() {
    return maxCalls;
  }

  /** US dollars at most. */
  public OptionalDouble maxCost() {
    return maxCost;
  }

  /** Paid calls so far, those on their way included. */
  public synchronized int calls() {
    return calls;
  }

  /** US dollars so far by the table of prices; a lower bound where a price is missing. */
  public synchronized double cost() {
    return cost;
  }

  /** Whether the price of every call so far is known. */
  public synchronized boolean priced() {
    return priced;
  }

  /** A call that is paid for. */
  final class Payment {
    private final Optional<Prices.Price> price;
    private final double estimate;
    private boolean open = true;

    private Payment(Optional<Prices.Price> price, double estimate) {
      this.price = price;
      this.estimate = estimate;
    }

    /** What it took in the end. */
    void settle(Usage usage) {
      synchronized (Budget.this) {
        if (open) {
          open = false;
          cost += price.map(p -> p.of(usage)).orElse(0.0) - estimate;
        }
      }
    }

    /** It was not served. */
    void payBack() {
      synchronized (Budget.this) {
        if (open) {
          open = false;
          calls--;
          cost -= estimate;
        }
      }
    }
  }

  /**
   * Pays for a call.
   *
   * @throws HostedException.BudgetSpent if it would exceed the budget
   */
  synchronized Payment pay(Optional<Prices.Price> price, Usage estimate) {
    double estimated = price.map(p -> p.of(estimate)).orElse(0.0);
    if (maxCalls.isPresent() && calls >= maxCalls.getAsInt()) {
      throw new HostedException.BudgetSpent(
          ("the budget of %d calls is spent; what was answered is kept: run again with a larger"
                  + " --max-calls to go on")
              .formatted(maxCalls.getAsInt()));
    }
    if (maxCost.isPresent() && cost + estimated > maxCost.getAsDouble()) {
      throw new HostedException.BudgetSpent(
          String.format(
              Locale.ROOT,
              "the budget of $%.2f is spent ($%.4f so far, $%.4f for the next call); what was"
                  + " answered is kept: run again with a larger --max-cost to go on",
              maxCost.getAsDouble(),
              cost,
              estimated));
    }
    calls++;
    cost += estimated;
    priced &= price.isPresent();
    return new Payment(price, estimated);
  }
}
