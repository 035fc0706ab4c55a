import type { SingleBar } from "cli-progress";

/** Shows how far scoring is, on a terminal; says nothing in a log, which the numbers follow soon enough. */
export class ScoringBar {
  private readonly bar: SingleBar | undefined;

  private constructor(bar: SingleBar | undefined) {
    this.bar = bar;
  }

  static async create(): Promise<ScoringBar> {
    if (!process.stderr.isTTY) {
      return new ScoringBar(undefined);
    }
    const { SingleBar } = await import("cli-progress");
    return new ScoringBar(
      new SingleBar({
        format: "{bar} {percentage}% | {what}",
        stream: process.stderr,
        clearOnComplete: true,
        // Its own would catch the interrupt, and the work would go on.
        gracefulExit: false,
      }),
    );
  }

  /** Begins a part of the work, and ends the one before. */
  begin(what: string): void {
    this.bar?.stop();
    this.bar?.start(1, 0, { what });
  }

  /** @param fraction of the part that is done */
  update(fraction: number): void {
    this.bar?.update(Math.min(fraction, 1));
  }

  /** To be called however the work ends: a bar that is left keeps its timer, and with it the process. */
  stop(): void {
    this.bar?.stop();
  }
}
