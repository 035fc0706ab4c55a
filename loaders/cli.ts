import { readFileSync, realpathSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { Command, CommanderError } from "commander";
import * as v from "valibot";
import { benchCommand } from "./commands/bench.js";
import { describeCommand } from "./commands/describe.js";
import { detectCommand } from "./commands/detect.js";
import { engineCommand } from "./commands/engine.js";
import { evaluateCommand } from "./commands/evaluate.js";
import { reproduceCommand } from "./commands/reproduce.js";
import { scenesCommand } from "./commands/scenes.js";
import { scoreCommand } from "./commands/score.js";
import { trainCommand } from "./commands/train.js";

/** The one command line, with every command of `commands/`. */
export function createProgram(): Command {
  const program = new Command("spinenet")
    .description("SpineNet, from its description to its numbers.")
    .version(versionOfPackage())
    .addCommand(benchCommand())
    .addCommand(describeCommand())
    .addCommand(engineCommand())
    .addCommand(scenesCommand())
    .addCommand(scoreCommand())
    .addCommand(trainCommand())
    .addCommand(evaluateCommand())
    .addCommand(detectCommand())
    .addCommand(reproduceCommand());
  // A usage error anywhere must reach `main`, which gives it its exit code.
  for (const command of [
    program,
    ...program.commands,
    ...program.commands.flatMap(({ commands }) => commands),
  ]) {
    command.exitOverride().showHelpAfterError("(--help tells what would be right)");
  }
  return program;
}

/**
 * Runs one command.
 *
 * @param args as typed after the program's name
 * @returns the exit code: 0 done, 1 failed, 2 bad usage
 */
export async function main(args: readonly string[]): Promise<0 | 1 | 2> {
  try {
    await createProgram().parseAsync(args, { from: "user" });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) {
      // Commander has said what is wrong already; help and version are no failures.
      return error.exitCode === 0 ? 0 : 2;
    }
    const message = error instanceof Error ? error.message : String(error);
    const stack = process.env.DEBUG && error instanceof Error ? error.stack : undefined;
    process.stderr.write(`${stack ?? message}\n`);
    return 1;
  }
}

function versionOfPackage(): string {
  const text = readFileSync(new URL("../package.json", import.meta.url), "utf8");
  return v.parse(v.object({ version: v.string() }), JSON.parse(text)).version;
}

const started = process.argv[1];
if (started !== undefined && import.meta.url === pathToFileURL(realpathSync(started)).href) {
  process.exitCode = await main(process.argv.slice(2));
}
