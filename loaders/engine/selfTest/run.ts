import { array, boolean, number, object, record, safeParse, string, union } from "valibot";
import type { EngineName } from "../engineChoice.js";
import { type EngineProcessOptions, runEngineProcess } from "../engineProcess.js";
import type { SelfTestResult } from "./selfTest.js";

const answerSchema = union([
  object({ error: string() }),
  object({
    versions: record(string(), string()),
    results: array(
      object({ operation: string(), valueError: number(), gradientError: number(), right: boolean() }),
    ),
  }),
]);

export interface SelfTestReport {
  readonly versions: Readonly<Record<string, string>>;
  readonly results: readonly SelfTestResult[];
}

/**
 * Starts an engine in a process of its own and has it test itself.
 *
 * @throws Error if it does not start, crashes, takes longer than two minutes, or computes wrongly.
 */
export async function runSelfTest(
  name: EngineName,
  options: Omit<EngineProcessOptions, "timeout"> = {},
): Promise<SelfTestReport> {
  const end = await runEngineProcess(new URL("process.ts", import.meta.url), [name], {
    timeout: 120,
    ...options,
  });
  if ("ended" in end) {
    const words = end.errorOutput.trim().split("\n").slice(-3).join(" ");
    throw new Error(`Its process ended early (${end.ended})${words && `: ${words}`}.`);
  }
  const answer = safeParse(answerSchema, end.message);
  if (!answer.success) throw new Error("It answered in no known way.");
  if ("error" in answer.output) throw new Error(answer.output.error);
  const wrong = answer.output.results.filter(({ right }) => !right);
  if (wrong.length > 0) {
    const errors = wrong.map(
      ({ operation, valueError, gradientError }) =>
        `${operation} (values off by ${valueError.toExponential(1)}, gradients by ${gradientError.toExponential(1)})`,
    );
    throw new Error(`It computes wrongly: ${errors.join("; ")}.`);
  }
  return answer.output;
}
