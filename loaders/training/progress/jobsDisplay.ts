import { MultiBar, type SingleBar } from "cli-progress";
import { barOptions, lineOf, valuesOf } from "./display.js";
import { parseProgress } from "./jobMessages.js";

/** Shows several runs on standard error: a bar each on a terminal, lines that begin with the run's name in a log. */
export class JobsDisplay {
  private readonly bars = new Map<string, SingleBar>();
  private readonly lastLines = new Map<string, number>();
  private readonly multiBar: MultiBar | undefined;

  constructor(private readonly nameWidth: number) {
    if (process.stderr.isTTY) {
      this.multiBar = new MultiBar({
        ...barOptions,
        format: `{name} ${barOptions.format}`,
        barsize: 16,
        clearOnComplete: true,
      });
    }
  }

  /** A line that a run wrote. */
  said(name: string, line: string): void {
    const text = `${name.padEnd(this.nameWidth)} | ${line}\n`;
    if (this.multiBar) this.multiBar.log(text);
    else process.stderr.write(text);
  }

  progressed(name: string, message: unknown): void {
    const progress = parseProgress(message);
    const { step, steps } = progress;
    if (this.multiBar) {
      const values = { name: name.padEnd(this.nameWidth), ...valuesOf(progress) };
      const bar = this.bars.get(name) ?? this.multiBar.create(steps, step, values);
      this.bars.set(name, bar);
      bar.update(step, values);
    } else if (step === steps || Date.now() - (this.lastLines.get(name) ?? 0) > 10_000) {
      this.lastLines.set(name, Date.now());
      this.said(name, lineOf(progress));
    }
  }

  ended(name: string): void {
    const bar = this.bars.get(name);
    if (bar) this.multiBar?.remove(bar);
    this.bars.delete(name);
  }

  /** To be called however the runs end: bars that are left keep their timer, and with it the process. */
  stop(): void {
    this.multiBar?.stop();
  }
}
