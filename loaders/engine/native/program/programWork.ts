/**
 * What it costs to share one operation among threads and to wait for all of them, in multiply-adds that a core does
 * meanwhile: some 25 µs. Measured on two cores of an AMD EPYC with oneDNN.
 */
const sharingCost = 1e6;

/** How much longer than the best schedule operations side by side take: a thread now and then finds none ready. */
const idleShare = 0.05;

/** How much of a graph's work can be done side by side. Operations are added in an order in which they can run. */
export class ProgramWork {
  /** Of each operation, the work on the longest way to its end. */
  private readonly ends: number[] = [];
  private total = 0;
  private longest = 0;
  private shared = 0;

  /**
   * @param inputs Which operations, by their order, the next one waits for.
   * @param multiplyAdds Its own work.
   */
  add(inputs: readonly number[], multiplyAdds: number): void {
    const end = multiplyAdds + Math.max(0, ...inputs.map((operation) => this.ends[operation] ?? 0));
    this.ends.push(end);
    this.total += multiplyAdds;
    this.longest = Math.max(this.longest, end);
    if (multiplyAdds > 0) this.shared++;
  }

  /** Of all operations together. */
  get multiplyAdds(): number {
    return this.total;
  }

  /**
   * How many threads should share one operation: one, where the graph keeps all of them busy side by side (SpineNet's
   * blocks and heads), else all (ResNet's chain).
   *
   * @param threads As many operations run side by side at most.
   */
  threadsPerOperation(threads: number): number {
    const even = this.total / threads;
    const sideBySide = Math.max(this.longest, even) + idleShare * even;
    const oneByOne = even + this.shared * sharingCost;
    return sideBySide <= oneByOne ? 1 : threads;
  }
}
