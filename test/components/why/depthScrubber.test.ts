import "../../dom.js";
import { describe, expect, it } from "vitest";
import { modelByName } from "../../../src/architecture/families/modelByName.js";
import { depthOf } from "../../../src/architecture/graph/depthStages.js";
import { depthMoments, momentPointing } from "../../../src/components/why/depthMoments.js";
import { depthScrubber, lastPlace, usualPlace } from "../../../src/components/why/depthScrubber.js";

const resNet = depthOf(modelByName("resnet-50-fpn"));
const spineNet = depthOf(modelByName("spinenet-49"));

function open(place?: number) {
  const told: number[] = [];
  const scrubber = depthScrubber([resNet, spineNet], {
    ...(place === undefined ? {} : { place }),
    photograph: "harbour.webp",
    changed: (now) => told.push(now),
  });
  document.body.replaceChildren(scrubber.element);
  const range = scrubber.element.querySelector("input")!;
  const slide = (value: number) => {
    range.value = String(value);
    range.dispatchEvent(new Event("input"));
  };
  const facts = () =>
    [...scrubber.element.querySelectorAll(".depth-title")].map(({ textContent }) => textContent);
  return { ...scrubber, told, range, slide, facts };
}

describe("the scrubber along depth", () => {
  it("untouched, has ResNet-50 at level 5 and SpineNet-49 back at level 3", () => {
    const { range, facts } = open();
    expect(usualPlace(resNet, spineNet)).toBe(14);
    expect(range.value).toBe("14");
    expect(facts()).toEqual(["ResNet-50-FPN: Block 13, level 5", "SpineNet-49: Block 13, level 3"]);
  });

  it("says in words where it is, and below each picture which objects are smaller than a cell", () => {
    const { range, element } = open();
    expect(range.getAttribute("aria-valuetext")).toBe(
      "Stage 14 of 21. ResNet-50-FPN, block 13: level 5, 20×20 cells of 32 pixels; a cell sees 299 pixels across. " +
        "3 of 9 objects are smaller than a cell. " +
        "SpineNet-49, block 13: level 3, 80×80 cells of 8 pixels; a cell sees 1,491 pixels across, more than the input’s 640. " +
        "0 of 9 objects are smaller than a cell.",
    );
    expect([...element.querySelectorAll(".depth-small")].map(({ textContent }) => textContent)).toEqual([
      "Smaller than one cell, 3 of 9 objects: the boatman’s face (7), the hooded person’s face (8), the hooded person’s hand (9).",
      "None of the 9 objects is smaller than one cell.",
    ]);
  });

  it("keeps lit what a word has lit, while it moves", () => {
    const { element, slide } = open();
    element.querySelector('.step[data-step="3"]')!.classList.add("lit");
    slide(3);
    expect(element.querySelectorAll(".step.lit")).toHaveLength(1);
    // 54 pixels before the first of 22 stages, which share the 904 that remain of 960 but two.
    expect(element.querySelector(".place")?.getAttribute("x")).toBe("177.3");
  });

  it("moves both networks together, and leaves the shorter one at its last map", () => {
    const { slide, facts, told, range, element } = open();
    slide(21);
    expect(told).toEqual([21]);
    expect(facts()).toEqual(["ResNet-50-FPN: P7, level 7", "SpineNet-49: Block 16, level 6"]);
    expect(element.textContent).toContain("All its maps are computed; this was the last.");
    expect(range.getAttribute("aria-valuetext")).toMatch(/^Stage 21 of 21\. ResNet-50-FPN, P7: level 7/);
    expect(lastPlace([resNet, spineNet])).toBe(21);
  });

  it("moves where the drawing above is pressed, on a line or beside it", () => {
    const { element, facts, told } = open();
    const press = (selector: string) =>
      element.querySelector(selector)!.dispatchEvent(new MouseEvent("click", { bubbles: true }));
    press('.step[data-network="1"][data-step="10"] line');
    expect(facts()[1]).toBe("SpineNet-49: Block 9, level 7");
    press('[data-place="0"]');
    expect(facts()).toEqual(["ResNet-50-FPN: Stem, level 2", "SpineNet-49: Stem, level 2"]);
    expect(told).toEqual([10, 0]);
  });

  it("moves by words of a text that name a moment, until it is told to end", () => {
    const { element, facts, followWords } = open();
    const text = document.createElement("main");
    text.innerHTML = `<button data-shows="pyramid">a</button><button data-shows="grid">b</button><button data-shows="small">c</button>`;
    document.body.replaceChildren(text, element);
    const end = followWords(text);
    const press = (name: string) => text.querySelector<HTMLElement>(`[data-shows=${name}]`)!.click();
    press("pyramid");
    expect(facts()[0]).toBe("ResNet-50-FPN: P3, level 3");
    press("grid");
    expect(facts()[0]).toBe("ResNet-50-FPN: P3, level 3");
    press("small");
    expect(facts()[0]).toBe("ResNet-50-FPN: Block 15, level 5");
    end();
    text.querySelector<HTMLElement>("[data-shows=grid]")!.dataset.shows = "bottom";
    press("bottom");
    press("pyramid");
    expect(facts()[0]).toBe("ResNet-50-FPN: Block 15, level 5");
  });

  it("names for each word parts that the figure has", () => {
    const { element, pointing } = open();
    expect(Object.keys(pointing)).toHaveLength(10);
    for (const selector of Object.values(pointing)) {
      expect(element.querySelectorAll(selector).length, selector).toBeGreaterThan(0);
    }
  });

  it("marks the stages that it shows in the table of all", () => {
    const { element, slide } = open();
    slide(20);
    const current = [...element.querySelectorAll("tr[aria-current]")].map(({ textContent }) => textContent);
    // 64 pixels at 640 are 95.4 of the photograph's: the boatman, 81×60, is smaller too.
    expect(current).toEqual([
      "P6L610×1064555reads itthe boatman, the boatman’s face, the hooded person’s face, the hooded person’s hand",
      "Block 16L610×10641,747reads itthe boatman, the boatman’s face, the hooded person’s face, the hooded person’s hand",
    ]);
    // A network's name, then 1 + 16 + 5 and 1 + 17 stages.
    expect(element.querySelectorAll("tbody tr")).toHaveLength(2 + 22 + 18);
  });
});

describe("the moments that a text speaks of", () => {
  const moments = depthMoments(resNet, spineNet);

  it("are the chain down, its bottom and the way back up of one network", () => {
    expect(moments.decrease.stages).toEqual(Array.from({ length: 16 }, (_, index) => index + 1));
    expect(moments.bottom).toEqual({ network: 0, stages: [14, 15, 16], place: 16 });
    // P5, P4, P3; P6 and P7 lie below the bottom.
    expect(moments.pyramid).toEqual({ network: 0, stages: [17, 18, 19], place: 19 });
  });

  it("are the coarsest map, each climb and the outputs of the other", () => {
    expect(moments.plunge).toEqual({ network: 1, stages: [10], place: 10 });
    // To blocks 4, 7, 10, 12, 13 and 16, each a stage after its number.
    expect(moments.climb).toEqual({ network: 1, stages: [5, 8, 11, 13, 14, 17], place: 5 });
    expect(moments.apart).toEqual({ network: 1, stages: [14], place: 14 });
    expect(moments.outputs.stages).toEqual([13, 14, 15, 16, 17]);
  });

  it("are found in the drawing and in the table", () => {
    expect(momentPointing(moments).plunge).toBe(
      ':is(.depth-track .step, .depth-table tr)[data-network="1"]:is([data-step="10"])',
    );
  });

  it("are refused of networks that have none", () => {
    expect(() => depthMoments(spineNet, spineNet)).toThrow("SpineNet-49 has no pyramid after its blocks");
    const short = { ...spineNet, stages: spineNet.stages.slice(0, 4) };
    expect(() => depthMoments(resNet, short)).toThrow("SpineNet-49 never gets finer, or has no output");
  });
});
