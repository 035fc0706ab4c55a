/** JSON writes only the first 32 control characters as escapes. */
const beyondJson = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

/** JSON that is the same value, with all that a terminal could take for a command, or a reader not see, as escapes. */
export function shownJson(value: unknown, indent?: number): string {
  const escaped = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return JSON.stringify(value, null, indent).replace(beyondJson, escaped);
}
