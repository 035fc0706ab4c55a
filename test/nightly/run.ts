/**
 * `npm run test:nightly`: what takes too long for `npm test`. Each part runs its checks on many random cases; one table at
 * the end says how many there were and how many failed.
 */
import { randomInt } from "node:crypto";
import { Command, Option } from "commander";
import { parseCount, parseWhole } from "../../loaders/commands/options.js";
import { tableLines } from "../../loaders/tableLines.js";
import { writeFailure } from "./failures.js";
import { messageOf, type NightlyPart, type NightlyRow } from "./part.js";
import { parts } from "./parts.js";

interface Options {
  readonly only?: string;
  readonly check?: string;
  readonly seed: number;
  readonly runs?: number;
}

const described = parts.map(({ name, title, unit, runs }) => `  ${name}: ${title}; ${runs} ${unit}`);
const options = new Command("npm run test:nightly --")
  .description(`Runs long checks on random cases:\n${described.join("\n")}`)
  .addOption(new Option("--only <part>", "run one part").choices(parts.map(({ name }) => name)))
  .option("--check <name>", "run one check of its parts, named as in the table")
  .option(
    "--seed <seed>",
    "repeats an earlier run's cases; random if not given",
    parseWhole,
    randomInt(2 ** 31),
  )
  .option("--runs <count>", "how many cases each check tries, instead of its part's own count", parseCount)
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
  .parse()
  .opts<Options>();

console.error(`Seed ${options.seed}`);
const rows: NightlyRow[] = [];
for (const part of parts.filter(({ name }) => options.only === undefined || name === options.only)) {
  console.error(`\n── ${part.title}`);
  rows.push(...(await runPart(part)));
}
for (const line of table(rows)) console.log(line);
const failed = rows.filter(({ failures }) => failures > 0).length;
if (rows.length === 0) console.error(`No check is called "${options.check}".`);
console.log(`\n${rows.length} checks, ${failed} failed, seed ${options.seed}`);
process.exitCode = failed > 0 || rows.length === 0 ? 1 : 0;

async function runPart(part: NightlyPart): Promise<readonly NightlyRow[]> {
  const { seed, runs = part.runs, check } = options;
  const settings = { seed, runs };
  try {
    return await part.run({
      ...settings,
      isChosen: (name) => check === undefined || name === check,
      say: (text) => console.error(`${part.name}: ${text}`),
      keepFailure: (failure) => writeFailure(part, settings, failure),
    });
  } catch (error) {
    console.error(error);
    return [{ check: part.title, runs: 0, failures: 1, seconds: 0, note: messageOf(error) }];
  }
}

function table(shown: readonly NightlyRow[]): string[] {
  const notes = ["", ...shown.map(({ note }) => note)];
  const lines = tableLines([
    ["check", "runs", "failures", "seconds"],
    ...shown.map(({ check, runs, failures, seconds }) => [
      check,
      runs.toLocaleString("en"),
      String(failures),
      seconds.toFixed(1),
    ]),
  ]);
  return lines.map((line, index) => `${line}  ${notes[index]}`.trimEnd());
}
