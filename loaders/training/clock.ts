/** Seconds of training over all the sittings of a run. */
export class Clock {
  private readonly start = performance.now();
  private waitedNow = 0;

  /** @param before Seconds of earlier sittings, and how many of them the engine waited for data. */
  constructor(
    private readonly before = 0,
    private readonly waitedBefore = 0,
  ) {}

  sinceStart(): number {
    return (performance.now() - this.start) / 1000;
  }

  total(): number {
    return rounded(this.before + this.sinceStart());
  }

  /** Passes on what is waited for, and counts the time until it is there. */
  async waitingFor<T>(data: Promise<T>): Promise<T> {
    const from = performance.now();
    try {
      return await data;
    } finally {
      this.waitedNow += (performance.now() - from) / 1000;
    }
  }

  waited(): number {
    return rounded(this.waitedBefore + this.waitedNow);
  }

  /** Share of this sitting's time that went by waiting for data. */
  waitedShare(): number {
    return this.waitedNow / Math.max(this.sinceStart(), 1e-9);
  }
}

function rounded(seconds: number): number {
  return Math.round(seconds * 100) / 100;
}
