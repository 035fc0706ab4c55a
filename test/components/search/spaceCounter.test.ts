import "../../dom.js";
import { describe, expect, it } from "vitest";
import { searchFormulas } from "../../../loaders/pages/search/formulas.js";
import { searchSpaceCounter } from "../../../src/components/search/spaceCounter.js";

function open(): { counter: HTMLElement; slide: (to: number) => void; told: number[] } {
  const told: number[] = [];
  const counter = searchSpaceCounter({
    blocks: 15,
    formulas: searchFormulas(),
    samples: 14_000,
    ageOfUniverse: 13.787,
    changed: (blocks) => told.push(blocks),
  });
  const slider = counter.querySelector<HTMLInputElement>("input[type=range]")!;
  return {
    counter,
    told,
    slide: (to) => {
      slider.value = String(to);
      slider.dispatchEvent(new Event("input"));
    },
  };
}

const counts = (counter: HTMLElement) =>
  [...counter.querySelectorAll(".exact")].map(({ textContent }) => textContent);

describe("the counter of the search space", () => {
  it("begins with what it is given, each factor with its formula", () => {
    const { counter } = open();
    expect(counts(counter)).toEqual([
      "435,456,000",
      "834,966,920,275,488,000,000",
      "1,048,576",
      "32,768",
      "12,492,903,838,757,739,560,999,325,794,304,000,000,000",
      "1,062,485,424,000,000,000",
      "15,897,070,781,839,228,211,822,592,000,000,000,000",
    ]);
    const formulas = [...counter.querySelectorAll(".derivation")].map((place) => place.querySelector("math"));
    expect(formulas.map((math) => math?.querySelector("annotation")?.textContent)).toEqual([
      "(N-5)!\\,5!",
      "\\prod_{i=2}^{N+1}\\tbinom{i}{2}",
      "4^{N-5}",
      "2^{N}",
      undefined,
      "\\prod_{i=2}^{N-4}\\tbinom{\\min(i,5)}{2}\\prod_{i=N-3}^{N+1}\\tbinom{i}{2}",
      undefined,
    ]);
    expect(counter.querySelector("label b")?.textContent).toBe("15");
  });

  it("counts anew as the slider moves, and tells", () => {
    const { counter, slide, told } = open();
    slide(6);
    // 1! · 5!; 1 · 3 · 6 · 10 · 15 · 21; 4^1; 2^6. Block 2 is the only one that is restricted, to both of two.
    expect(counts(counter)).toEqual([
      ...["120", "56,700", "4", "64", "1,741,824,000", "56,700", "1,741,824,000"],
    ]);
    expect(told).toEqual([6]);
    expect(counter.querySelector("label b")?.textContent).toBe("6");
    expect(counter.querySelector("input")?.getAttribute("aria-valuetext")).toBe(
      "6 blocks, 1.74 times 10 to the 9 networks",
    );
    // 1,741,824,000 s of 31,557,600 a year are 55.2 years.
    expect(counter.querySelector(".yardsticks")?.textContent).toContain("after 55 years");
  });
});
