import { stripVTControlCharacters } from "node:util";
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
  process.stdout.write(`${terminalJson(value, indent)}\n`);
}

/** JSON that is the same value, with what a terminal could take for a command written as escapes. */
export function terminalJson(value: unknown, indent?: number): string {
  const escaped = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return JSON.stringify(value, null, indent).replace(beyondJson, escaped);
}

/** JSON writes only the first 32 control characters as escapes. */
const beyondJson = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** A table may be wider than any message; a quoted cell of CSV may have several lines. */
const cleanLine = (line: string) => stripVTControlCharacters(line).replace(/[^\P{Cc}\n\t]/gu, "");
