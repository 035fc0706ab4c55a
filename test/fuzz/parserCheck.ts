import fc from "fast-check";

/** A parser, inputs for it, and what its errors begin with. */
export interface ParserCheck<Input = unknown> {
  readonly name: string;
  readonly inputs: fc.Arbitrary<Input>;
  /** Reads an input; what it returns does not matter. */
  parse(input: Input): unknown;
  /** What a refusal begins with, such as the file's name. */
  readonly source: string;
}

/** A check whose parser takes what its inputs are. */
export function parserCheck<Input>(check: ParserCheck<Input>): ParserCheck {
  return check;
}

/** A case that broke a rule. */
export interface ParserFailure {
  /** The case's number. */
  readonly run: number;
  readonly input: unknown;
  readonly error: Error;
}

/** A reader who waits longer than this for a small file takes the program for broken. */
const mostMilliseconds = 5000;
/** No sentence that names a file and a field needs more. */
const mostLetters = 1500;
const perBatch = 100;

interface CaseListener {
  /** Called before each case with its number. */
  readonly begin?: (run: number) => void;
  readonly failed: (failure: ParserFailure) => void;
}

/**
 * Runs a check on cases that follow from the seed. A case fails if the parser takes too long or throws anything but an
 * Error whose message names the file first.
 *
 * @param cases from which number on, and up to which
 * @returns how many inputs the parser accepted
 */
export async function runCases(
  { inputs, parse, source }: ParserCheck,
  seed: number,
  [from, to]: readonly [from: number, to: number],
  { begin, failed }: CaseListener,
): Promise<number> {
  let accepted = 0;
  for (let run = from; run < to; run++) {
    const input = caseOf(inputs, seed, run);
    begin?.(run);
    const started = performance.now();
    try {
      await parse(input);
      accepted++;
    } catch (thrown) {
      const reason = reasonAgainst(thrown, source);
      if (reason !== undefined) failed({ run, input, error: new Error(reason, { cause: thrown }) });
    }
    const taken = performance.now() - started;
    if (taken > mostMilliseconds)
      failed({ run, input, error: new Error(`It took ${Math.round(taken)} ms.`) });
  }
  return accepted;
}

let batch:
  | { readonly key: string; readonly inputs: fc.Arbitrary<unknown>; readonly cases: unknown[] }
  | undefined;

/** The case of a number; they are made in batches, of which one is kept. */
export function caseOf(inputs: fc.Arbitrary<unknown>, seed: number, run: number): unknown {
  const number = Math.floor(run / perBatch);
  const key = `${seed} ${number}`;
  if (batch?.key !== key || batch.inputs !== inputs) {
    batch = { key, inputs, cases: fc.sample(inputs, { seed: seed + number, numRuns: perBatch }) };
  }
  return batch.cases[run % perBatch];
}

/** Why what was thrown is not a proper refusal; undefined if it is. */
function reasonAgainst(thrown: unknown, source: string): string | undefined {
  if (!(thrown instanceof Error)) return `It threw ${String(thrown)}, which is no Error.`;
  const { message, name } = thrown;
  if (thrown.constructor !== Error) return `It threw a ${name}: ${message}`;
  if (!message.startsWith(source)) return `Its message does not begin with "${source}": ${message}`;
  if (message.length > mostLetters) return `Its message has ${message.length} letters: ${message}`;
  if (/[^\P{Cc}\n]/u.test(message)) return `Its message has control characters: ${JSON.stringify(message)}`;
  return undefined;
}
