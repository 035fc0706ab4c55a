import type { SingleBar } from "cli-progress";

/** Shows the progress of scoring on a terminal; silent in a log, where the results follow soon. */
export class ScoringBar {
  private constructor(private readonly bar: SingleBar | undefined) {}

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
        // cli-progress would catch the interrupt, and the work would continue.
        gracefulExit: false,
      }),
    );
  }

  /** Starts a stage of the work and ends the previous one. */
  begin(what: string): void {
    this.bar?.stop();
    this.bar?.start(1, 0, { what });
  }

  /** @param fraction of the stage that is done */
  update(fraction: number): void {
    this.bar?.update(Math.min(fraction, 1));
  }

  /** Must always be called: a running bar's timer keeps the process alive. */
  stop(): void {
    this.bar?.stop();
  }
}
