import { execFileSync } from "node:child_process";
import { expect, it } from "vitest";
import { commandLineOf } from "../../../loaders/commands/commandLineOf.js";

it("a command is quoted so that a shell reads the same arguments", () => {
  const args = ["train", "data/my study.json", "--data", "it's $HOME", "--rate", "1e-3", ""];
  const command = commandLineOf(args);
  expect(command).toMatch(/^npm run --silent spinenet -- train 'data\/my study\.json' --data /);
  const read = execFileSync("sh", [
    "-c",
    command.replace(/^npm run --silent spinenet -- /, "printf '%s\\n' "),
  ]);
  expect(String(read)).toBe(`${args.join("\n")}\n`);
});
