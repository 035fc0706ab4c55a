import { expect, it } from "vitest";
import { durationWords } from "../../../src/components/about/durationWords.js";

it("a duration is told to the minute, below one minute to the second", () => {
  const told = [0, 40, 59.4, 59.6, 2161.1, 3599, 3600, 4107.3].map(durationWords);
  // 2161.1 / 60 = 36.02; 3599 / 60 = 59.98, which rounds to an hour; 4107.3 / 60 = 68.46.
  const words = ["0 s", "40 s", "59 s", "1 min", "36 min", "1 h", "1 h", "1 h 8 min"];
  expect(told.map((text) => text.replaceAll("\u00a0", " "))).toEqual(words);
});
