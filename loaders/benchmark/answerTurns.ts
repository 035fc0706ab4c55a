import { writeFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import * as v from "valibot";
import type { Turn } from "./turns.js";

const requestSchema = v.object({ outputs: v.optional(v.string()), repeats: v.optional(v.number(), 1) });

/**
 * A contender's side of the protocol of contenderProcess.ts: says what it is, then takes a turn for every line on
 * standard input.
 */
export async function answerTurns(versions: Readonly<Record<string, string>>, turn: Turn): Promise<void> {
  const answer = (line: unknown) => process.stdout.write(`${JSON.stringify(line)}\n`);
  answer({ versions });
  for await (const line of createInterface({ input: process.stdin })) {
    const { outputs, repeats } = v.parse(requestSchema, JSON.parse(line));
    const before = process.cpuUsage();
    const start = performance.now();
    let values = await turn();
    for (let taken = 1; taken < repeats; taken++) values = await turn();
    const seconds = (performance.now() - start) / 1000 / repeats;
    const { user, system } = process.cpuUsage(before);
    if (outputs !== undefined) await writeFile(outputs, values);
    // Node gives kibibytes on every system.
    answer({
      seconds,
      cpuSeconds: (user + system) / 1e6 / repeats,
      peakBytes: process.resourceUsage().maxRSS * 1024,
    });
  }
}
