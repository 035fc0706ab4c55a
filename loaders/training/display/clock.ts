/** Measures a run's training time, accumulated over interruptions. */
export class Clock {
  private readonly start = performance.now();
  private waitedNow = 0;

  /** @param before Seconds of training before the resume, and how many of them were spent waiting for data. */
  constructor(
    private readonly before = 0,
    private readonly waitedBefore = 0,
  ) {}

  /** Seconds since start or resume. */
  sinceStart(): number {
    return (performance.now() - this.start) / 1000;
  }

  total(): number {
    return rounded(this.before + this.sinceStart());
  }

  /** Awaits `data` and counts the time as waiting. */
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

  /** Share of the time since start or resume spent waiting for data. */
  waitedShare(): number {
    return this.waitedNow / Math.max(this.sinceStart(), 1e-9);
  }
}

function rounded(seconds: number): number {
  return Math.round(seconds * 100) / 100;
}
