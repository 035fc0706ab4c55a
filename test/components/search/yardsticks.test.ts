import "../../dom.js";
import { describe, expect, it } from "vitest";
import { yardstickSentences } from "../../../src/components/search/yardsticks.js";

const sentences = (networks: bigint): string[] =>
  yardstickSentences(networks, { samples: 14_000, ageOfUniverse: 13.787 }).map((parts) =>
    parts.map((part) => (typeof part === "string" ? part : part.textContent)).join(""),
  );

describe("what a count of networks is compared with", () => {
  it("for SpineNet-49's space is cards, the age of the universe, and the search's own samples", () => {
    // 33! = 8.68e36 and 34! = 2.95e38. 13.787e9 years of 31,557,600 s are 4.351e17 s; 1.590e37 / 4.351e17 = 3.654e19.
    // 1.590e37 / 14,000 = 1.136e33.
    expect(sentences(15_897_070_781_839_228_211_822_592_000_000_000_000n)).toEqual([
      "As many as there are ways to shuffle between 33 and 34 cards.",
      "Testing one per second since the Big Bang, 13.787 billion years ago, would have covered one in 3.65\u00a0×\u00a01019.",
      "The 14,000 networks that the search tried before it found SpineNet-49 are one in 1.14\u00a0×\u00a01033.",
    ]);
  });

  it("for a small one is the time to see all, and that the search tried more", () => {
    // 5! = 120: two minutes.
    expect(sentences(120n)).toEqual([
      "As many as there are ways to shuffle 5 cards.",
      "Testing one per second would cover them all after 2 minutes.",
      "The search tried more networks than these before it found SpineNet-49: 14,000.",
    ]);
  });

  it.each([
    [59n, "59 seconds"],
    [60n, "1 minute"],
    [3_600n, "1 hour"],
    [200_000n, "2 days"],
    // 10^10 / 31,557,600 = 316.9
    [10_000_000_000n, "316 years"],
  ])("of %d networks, one a second, takes %s", (networks, duration) => {
    expect(sentences(networks)[1]).toBe(`Testing one per second would cover them all after ${duration}.`);
  });
});
