import "../../dom.js";

import { describe, expect, it } from "vitest";
import { classFilter } from "../../../src/components/live/classFilter.js";
import { detectionTable } from "../../../src/components/live/detectionTable.js";
import { detectionView } from "../../../src/components/live/detectionView.js";
import { samplePicker } from "../../../src/components/live/samplePicker.js";
import { aboutOwnWeights, aboutWeights, mistakenSentence } from "../../../src/components/live/weights.js";
import { fitsWeights } from "../../../src/pageData/live.js";

const objects = [
  { name: "boat", score: 0.912, bbox: [20, 30, 40, 10] as const },
  { name: "kite", score: 0.5, bbox: [0, 0, 100, 50] as const },
];

describe("detectionView(options)", () => {
  it("draws the best box last, so that it covers the others, and points by place among the best", () => {
    const view = detectionView({ classes: () => [] });
    view.boxes(objects, [200, 100]);
    view.point(0);
    const boxes = [...view.element.querySelectorAll<HTMLElement>(".detection-boxes > div")];
    expect(boxes.map(({ dataset }) => dataset.name)).toEqual(["kite", "boat"]);
    expect(boxes.map((box) => box.classList.contains("pointed"))).toEqual([false, true]);
  });

  it("places boxes by shares of the picture, with class and score, and says the same in words", () => {
    const view = detectionView({ classes: () => ["kite", "boat"] });
    view.boxes(objects, [200, 100]);
    const [kite, boat] = view.element.querySelectorAll<HTMLElement>(".detection-boxes > div");
    // 20 of 200 across, 30 of 100 down.
    expect([boat!.style.left, boat!.style.top, boat!.style.width, boat!.style.height]).toEqual([
      "10%",
      "30%",
      "20%",
      "10%",
    ]);
    expect(boat!.textContent).toBe("boat 0.91");
    expect(boat!.style.borderStyle).toBe("dashed");
    expect(kite!.style.borderStyle).toBe("solid");
    expect(kite!.classList.contains("label-within")).toBe(true);
    expect(view.element.querySelector("p")!.textContent).toContain("2 objects: 1 boat, 1 kite");
  });

  it("keeps the scores alone in narrow boxes where names would hide the picture", () => {
    const view = detectionView({ classes: () => ["boat"] });
    view.boxes(
      Array.from({ length: 13 }, () => objects[0]!),
      [200, 100],
    );
    // "boat 0.91" has 9 letters: 9 · 0.02 · 200 = 36 pixels, and the box is 40 wide; at 300 pixels they take 54.
    expect(view.element.querySelector(".box-label")!.textContent).toBe("boat 0.91");
    view.boxes(
      Array.from({ length: 13 }, () => objects[0]!),
      [300, 100],
    );
    expect(view.element.querySelector(".box-label")!.textContent).toBe("0.91");
  });

  it("sets one box apart", () => {
    const view = detectionView({ classes: () => [] });
    view.boxes(objects, [200, 100]);
    view.point(1);
    expect(view.element.querySelectorAll(".pointed")).toHaveLength(1);
    view.point(null);
    expect(view.element.querySelectorAll(".pointed")).toHaveLength(0);
  });
});

describe("detectionTable()", () => {
  it("says each box in a row, and drops rows of before", () => {
    const table = detectionTable();
    table.rows([...objects, ...objects], ["kite", "boat"]);
    table.rows(objects, ["kite", "boat"]);
    const rows = [...table.element.querySelectorAll("tbody tr")];
    expect(rows.map((row) => [...row.children].map((cell) => cell.textContent))).toEqual([
      ["boat", "0.91", "20", "30", "40", "10"],
      ["kite", "0.50", "0", "0", "100", "50"],
    ]);
  });
});

describe("classFilter(changed)", () => {
  it("hides what is not ticked, and remembers it while numbers change", () => {
    let changes = 0;
    const filter = classFilter(() => changes++);
    filter.list(
      new Map([
        ["boat", 2],
        ["kite", 1],
      ]),
      ["boat", "kite"],
    );
    const box = filter.element.querySelector<HTMLInputElement>("input")!;
    box.checked = false;
    box.dispatchEvent(new Event("change"));
    filter.list(
      new Map([
        ["boat", 5],
        ["kite", 0],
      ]),
      ["boat", "kite"],
    );
    expect(changes).toBe(1);
    expect([...filter.hidden]).toEqual(["boat"]);
    expect(filter.element.querySelector<HTMLInputElement>("input")!.checked).toBe(false);
    expect(filter.element.querySelector(".class-count")!.textContent).toBe("5");
  });
});

describe("aboutWeights(weights)", () => {
  const weights = {
    id: "a",
    title: "A",
    model: "SpineNet-49",
    classes: ["boat"],
    inputSize: [256, 256] as const,
    parameters: 1_484_000,
    bytes: 3_071_566,
    stored: {},
    measured: { AP: 0.5789, on: "55 images of bccd (val)", source: "data/runs/a.json" },
  };

  it("tells size and what was measured", () => {
    expect(aboutWeights(weights)).toBe(
      "SpineNet-49, 1.48 million parameters, 256 × 256 pixels, 3.1 MB. AP 57.9 on 55 images of bccd (val).",
    );
    expect(aboutWeights({ ...weights, measured: null })).toContain("No run record");
  });
});

describe("aboutOwnWeights(loaded, bytes)", () => {
  it("tells what the file says of itself", () => {
    const loaded = {
      model: "SpineNet-49",
      classes: ["boat", "kite"],
      parameters: 1_484_000,
      inputSize: [256, 320] as const,
    };
    expect(aboutOwnWeights(loaded, 3_071_566)).toBe(
      "SpineNet-49, 1.48 million parameters, 256 × 320 pixels, 3.1 MB. Classes: boat, kite. They stay in this page.",
    );
    const many = Array.from({ length: 14 }, (_, index) => `c${index}`);
    expect(aboutOwnWeights({ ...loaded, classes: many }, 1e6)).toContain("c10, c11 and 2 more. They");
  });
});

describe("mistakenSentence(fitting)", () => {
  it("warns, and names weights that fit where there are some", () => {
    const warning =
      "This model was not trained to find anything in this picture, so its detections are wrong.";
    expect(mistakenSentence([])).toBe(warning);
    expect(mistakenSentence(["A"])).toBe(`${warning} “A” fits it.`);
    expect(mistakenSentence(["A", "B"])).toBe(`${warning} “A”, “B” fit it.`);
  });
});

describe("samplePicker(picked)", () => {
  it("lists samples that fit first, but moves none while the keyboard is among them", () => {
    const picker = samplePicker(() => {});
    document.body.append(picker.element);
    const sample = (id: string, fits: boolean) => ({ id, title: id, address: `${id}.png`, fits });
    const ids = () => [...picker.element.querySelectorAll("input")].map(({ value }) => value);
    picker.list([sample("a", false), sample("b", true)], "b");
    expect(ids()).toEqual(["b", "a"]);
    picker.element.querySelector<HTMLInputElement>("input[value=a]")!.focus();
    picker.list([sample("a", true), sample("b", false)], "a");
    expect(ids()).toEqual(["b", "a"]);
    picker.element.querySelector<HTMLInputElement>("input[value=a]")!.blur();
    picker.list([sample("a", true), sample("b", false)], "a");
    expect(ids()).toEqual(["a", "b"]);
    picker.element.remove();
  });
});

describe("fitsWeights(subjects, classes)", () => {
  it("compares names whatever their case", () => {
    expect(fitsWeights(["person", "boat"], ["Boat"])).toBe(true);
    expect(fitsWeights(["person"], ["RBC"])).toBe(false);
  });
});
