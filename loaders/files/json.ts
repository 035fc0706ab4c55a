import { shownText } from "../../src/text/shownText.js";

/**
 * Parses JSON, saying where it ends early or is invalid.
 *
 * @param source what errors call the file
 * @throws Error naming file, line and column
 */
export function parseJson(text: string, source: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/\s+/g, " ") : String(error);
    throw new Error(
      `${source}: ${placeOf(reason, text)} (${shownText(reason, 120)}); download or write the file again.`,
      {
        cause: error,
      },
    );
  }
}

function placeOf(reason: string, text: string): string {
  const position = positionOf(reason, text);
  const what = position >= text.trimEnd().length ? "ends early" : "is not valid JSON";
  const line = text.slice(0, position).split("\n").length;
  const column = position - text.lastIndexOf("\n", position - 1);
  return `${what} at line ${line}, column ${column} (character ${position} of ${text.length})`;
}

function positionOf(reason: string, text: string): number {
  const named = /at position (\d+)/.exec(reason)?.[1];
  if (named !== undefined) {
    return Number(named);
  }
  return reason.includes("Unexpected end") ? text.length : positionOfBadToken(text);
}

const tokenPattern =
  /\s*(?:[{}[\]:]|,(?!\s*[\]},])|"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])|(?:true|false|null)\b)/y;

// For an unexpected token the JavaScript engine quotes the text around it but does not say where that is.
function positionOfBadToken(text: string): number {
  tokenPattern.lastIndex = 0;
  let end = 0;
  while (tokenPattern.test(text)) {
    end = tokenPattern.lastIndex;
  }
  return end + /^\s*/.exec(text.slice(end))![0].length;
}
