import { readFileSync, realpathSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { Command, CommanderError } from "commander";
import * as v from "valibot";
import { messageOf } from "../src/messages/messageOf.js";
import { terminalMessage } from "./terminal.js";

/** Factories of the commands, in the order of the help. */
const makers: ReadonlyMap<string, () => Promise<Command>> = new Map([
  ["bench", async () => (await import("./commands/bench.js")).benchCommand()],
  ["fetch", async () => (await import("./commands/fetch.js")).fetchCommand()],
  ["convert", async () => (await import("./commands/convert.js")).convertCommand()],
  ["describe", async () => (await import("./commands/describe.js")).describeCommand()],
  ["engine", async () => (await import("./commands/engine.js")).engineCommand()],
  ["scenes", async () => (await import("./commands/scenes.js")).scenesCommand()],
  ["score", async () => (await import("./commands/score.js")).scoreCommand()],
  ["train", async () => (await import("./commands/train.js")).trainCommand()],
  ["evaluate", async () => (await import("./commands/evaluate.js")).evaluateCommand()],
  ["detect", async () => (await import("./commands/detect.js")).detectCommand()],
  ["export", async () => (await import("./commands/export.js")).exportCommand()],
  ["extract", async () => (await import("./commands/extract.js")).extractCommand()],
  ["reproduce", async () => (await import("./commands/reproduce.js")).reproduceCommand()],
]);

/**
 * The command line with every command of `commands/`, or, to save loading time, with only the one that the arguments
 * begin with.
 */
export async function createCommandLine(args: readonly string[] = []): Promise<Command> {
  const commandLine = new Command("spinenet")
    .description("Describes, trains, evaluates, converts and reproduces SpineNet and ResNet-FPN detectors.")
    .version(versionOfPackage())
    // Without it, a command takes its subcommands' options of the same name.
    .enablePositionalOptions();
  const named = makers.get(args[0] ?? "");
  const commands = await Promise.all((named ? [named] : [...makers.values()]).map((make) => make()));
  for (const command of commands) {
    commandLine.addCommand(command);
  }
  // Usage errors must reach `main`, which sets the exit code.
  for (const command of [
    commandLine,
    ...commandLine.commands,
    ...commandLine.commands.flatMap(({ commands }) => commands),
  ]) {
    command
      .exitOverride()
      .showHelpAfterError("(see --help)")
      .configureOutput({ writeErr: (text) => process.stderr.write(terminalMessage(text)) });
  }
  return commandLine;
}

/**
 * Runs one command.
 *
 * @param args as typed after the program's name
 * @returns the exit code: 0 done, 1 failed, 2 bad usage
 */
export async function main(args: readonly string[]): Promise<0 | 1 | 2> {
  try {
    const commandLine = await createCommandLine(args);
    await commandLine.parseAsync(args, { from: "user" });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) {
      // Commander has already reported the error; help and version are not failures.
      return error.exitCode === 0 ? 0 : 2;
    }
    const stack = process.env.DEBUG && error instanceof Error ? error.stack : undefined;
    process.stderr.write(`${terminalMessage(stack ?? messageOf(error))}\n`);
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
