/** Letters of a name or a value that are shown, unless a place has room for fewer. */
const mostLetters = 80;

/**
 * What must not reach a reader or a terminal from outside: control characters, marks that reverse the direction of what
 * follows, noncharacters (which XML forbids), and halves of surrogate pairs.
 */
const unshown =
  /[\p{Cc}\p{Noncharacter_Code_Point}\p{Cs}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;

/**
 * A name or a value that comes from a file or an address, as pages, drawings and messages show it: on one line, without
 * control characters, and cut to a number of letters.
 *
 * @param most how many letters, of which the last is "…" where there were more
 */
export function shownText(text: string, most = mostLetters): string {
  // Enough of it for the result, so that a name of megabytes costs no more than a long one.
  const start = text.slice(0, 8 * most + 100);
  const letters = [...start.replace(/\s+/gu, " ").replace(unshown, "").trim()];
  if (start.length === text.length && letters.length <= most) return letters.join("");
  return `${letters.slice(0, most - 1).join("")}…`;
}

/** A message, whatever it quotes: without control characters but for line ends, and no longer than a screen. */
export function shownMessage(text: string): string {
  return text
    .slice(0, mostOfMessage)
    .split("\n")
    .map((line) => line.replace(unshown, ""))
    .join("\n")
    .concat(text.length > mostOfMessage ? "…" : "");
}

/** Letters of a message. */
const mostOfMessage = 4000;
