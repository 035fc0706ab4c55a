import { MultiBar, type SingleBar } from "cli-progress";
import { terminalMessage } from "../../terminal.js";
import { barOptions, LogPace, lineOf, valuesOf } from "./display.js";
import { parseProgress } from "./jobMessages.js";

/** Shows several runs on standard error: one bar each on a terminal, lines prefixed with the run's name in a log. */
export class JobsDisplay {
  private readonly bars = new Map<string, SingleBar>();
  private readonly paces = new Map<string, LogPace>();
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

  /** Passes on a line that a run wrote. */
  said(name: string, line: string): void {
    const text = `${name.padEnd(this.nameWidth)} | ${terminalMessage(line)}\n`;
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
      return;
    }
    const pace = this.paces.get(name) ?? new LogPace();
    this.paces.set(name, pace);
    if (pace.isDue() || step === steps) this.said(name, lineOf(progress));
  }

  ended(name: string): void {
    const bar = this.bars.get(name);
    if (bar) this.multiBar?.remove(bar);
    this.bars.delete(name);
  }

  /** Must always be called: running bars' timers keep the process alive. */
  stop(): void {
    this.multiBar?.stop();
  }
}
