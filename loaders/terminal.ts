import { stripVTControlCharacters } from "node:util";
import { shownJson } from "../src/text/shownJson.js";
import { shownMessage, shownText } from "../src/text/shownText.js";

/** A name from a file as a command's tables and sentences show it: without terminal escapes, and cut. */
export function terminalName(name: string, most?: number): string {
  return shownText(stripVTControlCharacters(name), most);
}

/** A message as a terminal shows it: whatever it quotes moves no cursor and changes no colour. */
export function terminalMessage(message: string): string {
  return shownMessage(stripVTControlCharacters(message));
}

/** Prints lines of text on standard output. */
export function printLines(lines: readonly string[]): void {
  process.stdout.write(`${lines.map(cleanLine).join("\n")}\n`);
}

/** Prints a value as JSON on standard output. */
export function printJson(value: unknown, indent?: number): void {
  process.stdout.write(`${shownJson(value, indent)}\n`);
}

/** A table may be wider than any message; a quoted cell of CSV may have several lines. */
const cleanLine = (line: string) => stripVTControlCharacters(line).replace(/[^\P{Cc}\n\t]/gu, "");
