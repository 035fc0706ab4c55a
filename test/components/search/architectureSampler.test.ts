import "../../dom.js";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { descriptionOf } from "../../../src/architecture/costs/description.js";
import { modelByName } from "../../../src/architecture/families/modelByName.js";
import { networkMeasures } from "../../../src/architecture/graph/networkMeasures.js";
import { sampleArchitecture } from "../../../src/architecture/search/sampleArchitecture.js";
import { architectureSampler } from "../../../src/components/search/architectureSampler.js";
import type { SampleState } from "../../../src/components/search/sampleControls.js";

const beside = descriptionOf(modelByName("spinenet-49"));
const three = [1, 2, 3].map((number) => networkMeasures(descriptionOf(sampleArchitecture(1, number))));
const column = (of: (measures: (typeof three)[number]) => number) => three.map(of);
const among = {
  multiplyAdds: column(({ multiplyAdds }) => multiplyAdds),
  parameters: column(({ parameters }) => parameters),
  shortestPath: [],
  meanPath: [],
  longestPath: [],
  paths: [],
  scales: [],
  reach: [],
  coarserInOrder: [],
  finerInOrder: [],
  coarserOnPath: [],
  finerOnPath: [],
};

function open(reducedMotion = false, state: SampleState = { seed: 1, number: 1 }) {
  const told: SampleState[] = [];
  const { element, stop } = architectureSampler({
    ...state,
    width: 800,
    beside,
    among,
    amongSeed: 1,
    reducedMotion,
    changed: (changed) => told.push(changed),
  });
  const button = (name: string) =>
    [...element.querySelectorAll("button")].find(({ textContent }) => textContent === name);
  const type = (name: string, text: string) => {
    const field = element.querySelector<HTMLInputElement>(`input[name=${name}]`)!;
    field.value = text;
    field.dispatchEvent(new Event("input"));
  };
  const shown = () => element.querySelector(".sampler-network strong")?.textContent;
  return { element, stop, told, button, type, shown };
}

describe("the sampler", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("draws a sample beside a published network, with what each costs", () => {
    const { element } = open();
    const names = [...element.querySelectorAll(".block-diagram > title")].map(
      ({ textContent }) => textContent,
    );
    expect(names).toEqual([
      "Sample 1 of seed 1: blocks and connections",
      "SpineNet-49: blocks and connections",
    ]);
    expect(element.querySelectorAll(".distribution")).toHaveLength(2);
    expect(element.textContent).toContain("SpineNet-49: 85.3\u00a0B multiply-adds");
  });

  it("places a sample among the others of its seed, not among itself", () => {
    expect(open().element.querySelector(".sampler-network p")?.textContent).toMatch(
      /of 2 samples|all 2 samples/,
    );
    const other = open(false, { seed: 2, number: 1 });
    expect(other.element.querySelector(".sampler-network p")?.textContent).toMatch(
      /of 3 samples|all 3 samples/,
    );
  });

  it("goes to the next and the one before, but not before the first", () => {
    const { button, shown, told } = open();
    button("Next")?.click();
    button("Next")?.click();
    expect(shown()).toBe("Sample 3 of seed 1");
    for (const _ of [1, 2, 3]) button("Previous")?.click();
    expect(shown()).toBe("Sample 1 of seed 1");
    expect(button("Previous")?.getAttribute("aria-disabled")).toBe("true");
    expect(told.map(({ number }) => number)).toEqual([2, 3, 2, 1, 1]);
  });

  it("takes a seed and a number that are typed in, and says what is none", () => {
    const { element, type, shown } = open();
    type("seed", "42");
    type("number", "7");
    expect(shown()).toBe("Sample 7 of seed 42");
    type("number", "");
    expect(element.querySelector("output")?.textContent).toBe(
      "Sample should be a whole number from 1 to 1000000.",
    );
    expect(shown()).toBe("Sample 7 of seed 42");
    type("number", "8");
    expect(element.querySelector("output")?.textContent).toBe("");
    expect(shown()).toBe("Sample 8 of seed 42");
  });

  it("plays until it is paused, and tells no reader of screens meanwhile", () => {
    const { element, button, shown } = open();
    const live = () => element.querySelector(".sampler-network p")?.getAttribute("aria-live");
    button("Play")?.click();
    expect([shown(), live()]).toEqual(["Sample 2 of seed 1", "off"]);
    vi.advanceTimersByTime(3300);
    expect(shown()).toBe("Sample 4 of seed 1");
    button("Pause")?.click();
    vi.advanceTimersByTime(10_000);
    expect(shown()).toBe("Sample 4 of seed 1");
    button("Next")?.click();
    expect([shown(), live()]).toEqual(["Sample 5 of seed 1", "polite"]);
  });

  it("stops when the page is left", () => {
    const { button, shown, stop } = open();
    button("Play")?.click();
    stop();
    vi.advanceTimersByTime(10_000);
    expect(shown()).toBe("Sample 2 of seed 1");
  });

  it("does not play where less motion is asked for", () => {
    expect(open(true).button("Play")).toBeUndefined();
    expect(open(true).button("Next")).toBeDefined();
  });
});
