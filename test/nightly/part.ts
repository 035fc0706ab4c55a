/** What one check of the nightly came to: a line of its table. */
export interface NightlyRow {
  readonly check: string;
  /** How many cases, requests, kills or frames it tried. */
  readonly runs: number;
  readonly failures: number;
  readonly seconds: number;
  readonly note: string;
}

/** A failing case, with what is needed to look at it. */
export interface NightlyFailure {
  readonly check: string;
  readonly error: unknown;
  /** The case itself, as JSON. */
  readonly input?: unknown;
}

export interface NightlySettings {
  /** Decides everything that is random: the same seed makes the same cases. */
  readonly seed: number;
  /** How many cases each check tries. */
  readonly runs: number;
  /** Whether a check was asked for; all are unless `--check` names one. */
  isChosen(check: string): boolean;
  /** Tells on standard error what is going on. */
  say(text: string): void;
  /** Writes a failing case to a file, with the command that repeats it, and returns the file's path. */
  keepFailure(failure: NightlyFailure): Promise<string>;
}

/** A part of the nightly: checks of one kind that share a count. */
export interface NightlyPart {
  readonly name: string;
  readonly title: string;
  /** What is counted, in the plural. */
  readonly unit: string;
  /** How many each check tries unless `--runs` says otherwise. */
  readonly runs: number;
  readonly run: (settings: NightlySettings) => Promise<readonly NightlyRow[]>;
}

/** Runs one check and times it. If it throws, that is one failure, and its case is kept. */
export async function runCheck(
  settings: NightlySettings,
  check: string,
  run: () => Promise<Omit<NightlyRow, "check" | "seconds">>,
): Promise<NightlyRow> {
  settings.say(check);
  const started = performance.now();
  const outcome = await run().catch(async (error: unknown) => {
    const file = await settings.keepFailure({ check, error });
    return { runs: settings.runs, failures: 1, note: `${messageOf(error)} (${file})` };
  });
  return { check, ...outcome, seconds: (performance.now() - started) / 1000 };
}

/** An error's message on one line, cut to the width of a table. */
export function messageOf(error: unknown): string {
  const message = (error instanceof Error ? error.message : String(error)).replace(/\s+/g, " ");
  return message.length > 200 ? `${message.slice(0, 199)}…` : message;
}
