import { shownMessage } from "../text/shownText.js";

/** The sentence of whatever was thrown, fit to be shown, whatever it quotes. */
export function messageOf(error: unknown): string {
  return shownMessage(error instanceof Error ? error.message : String(error));
}
