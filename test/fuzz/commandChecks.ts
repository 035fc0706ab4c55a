import { type Command, CommanderError } from "commander";
import fc from "fast-check";
import { createCommandLine } from "../../loaders/cli.js";
import { type ParserCheck, parserCheck } from "./parserCheck.js";

const values = fc.oneof(
  fc.constantFrom(
    "0",
    "1",
    "-1",
    "0.5",
    "1e9",
    "1e999",
    "NaN",
    "Infinity",
    "0x10",
    "",
    " ",
    "1,2",
    "1,1",
    "640x512",
    "auto",
  ),
  fc.constantFrom("__proto__", "constructor", "\u0000", "\u001b[31m", "x".repeat(300), "9".repeat(400)),
  fc.integer().map(String),
  fc.double().map(String),
  fc.string({ maxLength: 20 }),
);

/** The flags of every command, with values of all kinds. Nothing is run. */
export async function commandChecks(): Promise<ParserCheck[]> {
  const commandLine = await createCommandLine();
  const commands = commandLine.commands.flatMap((command) => [command, ...command.commands]);
  const inputs = fc.constantFrom(...commands).chain((command) => {
    const flags = command.options.flatMap(({ long, short }) => [long, short].filter((flag) => flag != null));
    const flag = flags.length > 0 ? fc.constantFrom(...flags) : values;
    const words = fc.oneof(
      fc.tuple(flag, values),
      flag.map((name) => [name]),
      fc.tuple(flag, values).map(([name, value]) => [`${name}=${value}`]),
      values.map((value) => [value]),
    );
    return fc.array(words, { maxLength: 5 }).map((list) => ({ command: pathOf(command), args: list.flat() }));
  });
  return [
    parserCheck({
      name: "command-line flags",
      inputs,
      parse: ({ command, args }) => {
        const found = commands.find((one) => pathOf(one) === command);
        if (found === undefined) throw new Error(`There is no command ${command}.`);
        parseFlags(found, args);
      },
      source: "error: ",
    }),
  ];
}

function parseFlags(command: Command, args: readonly string[]): void {
  command.configureOutput({ writeErr: () => {}, writeOut: () => {} });
  for (const option of command.options) command.setOptionValue(option.attributeName(), undefined);
  try {
    command.parseOptions([...args]);
  } catch (error) {
    if (error instanceof CommanderError) throw new Error(error.message.replace(/[^\P{Cc}\n]/gu, ""));
    throw error;
  }
  for (const [name, value] of Object.entries(command.opts())) {
    if (typeof value === "number" && !Number.isFinite(value))
      throw new Error(`--${name} was read as ${value}.`);
  }
}

function pathOf(command: Command): string {
  return command.parent?.parent ? `${command.parent.name()} ${command.name()}` : command.name();
}
