import "../../../dom.js";

import { beforeEach, describe, expect, it } from "vitest";
import { evaluate } from "../../../../src/coco/evaluate.js";
import type { CocoDataset, CocoDetection } from "../../../../src/coco/types.js";
import { numbersCsv, numbersJson } from "../../../../src/components/evaluate/files/downloads.js";
import { evaluateFiles } from "../../../../src/components/evaluate/files/evaluateFiles.js";
import { evaluationExample } from "../../../../src/components/evaluate/files/exampleFiles.js";
import type { EvaluationClient } from "../../../../src/messages/evaluation.js";
import { evaluationEngine } from "../../../../src/workers/evaluation/engine.js";

/** Measures here, where the page has a worker. */
function engineOf(): EvaluationClient {
  const engine = evaluationEngine();
  return {
    ...engine,
    bootstrap: (question, progress) => engine.bootstrap({ ...question, samples: 20 }, progress),
    cancel() {},
    restart() {},
  };
}

const example = evaluationExample();

interface Drawn {
  readonly root: HTMLElement;
  open(place: number, name: string, value: unknown): void;
  press(label: string): void;
  /** Until nothing is computed. */
  settled(): Promise<void>;
  text(selector: string): string;
}

function draw(): Drawn {
  const root = evaluateFiles({ engine: engineOf() });
  document.body.replaceChildren(root);
  return {
    root,
    open(place, name, value) {
      const input = root.querySelectorAll<HTMLInputElement>("input[type=file]")[place]!;
      const content = typeof value === "string" ? value : JSON.stringify(value);
      Object.defineProperty(input, "files", { value: [new File([content], name)], configurable: true });
      input.dispatchEvent(new window.Event("change"));
    },
    press(label) {
      const button = [...root.querySelectorAll("button")].find(({ textContent }) => textContent === label);
      if (!button) throw new Error(`no button is labelled ${label}`);
      button.click();
    },
    async settled() {
      // Files are looked into before anything is computed.
      await new Promise((resolve) => setTimeout(resolve, 30));
      while (root.querySelector("[aria-busy=true]")) await new Promise((resolve) => setTimeout(resolve, 10));
      await new Promise((resolve) => setTimeout(resolve, 10));
    },
    text: (selector) => root.querySelector(selector)?.textContent ?? "",
  };
}

function cells(root: HTMLElement, caption: string): string[][] {
  const table = [...root.querySelectorAll("figure.results-table")].find((figure) =>
    figure.querySelector("figcaption")?.textContent?.startsWith(caption),
  );
  return [...(table?.querySelectorAll("tbody tr") ?? [])].map((row) =>
    [...row.children].map(({ textContent }) => textContent ?? ""),
  );
}

describe("evaluateFiles({ engine })", () => {
  let page: Drawn;
  beforeEach(() => {
    page = draw();
  });

  it("says what is missing until both files are there", async () => {
    expect(page.text("[role=status]")).toBe("Open an annotations file and a results file.");
    expect(page.root.querySelector(".evaluation-results")?.hasAttribute("hidden")).toBe(true);
    page.open(1, "careful.json", example.careful);
    await page.settled();
    expect(page.text("[role=status]")).toBe("The annotations file is missing.");
    page.open(0, "truth.json", example.annotations);
    await page.settled();
    expect(page.text("[role=status]")).toMatch(/^careful\.json: AP 0\.\d{3}, of \d+ detections and /);
  });

  it("shows the twelve numbers as evaluate() has them, each with what it is the mean of", async () => {
    page.open(0, "truth.json", example.annotations);
    page.open(1, "careful.json", example.careful);
    await page.settled();
    const { stats } = evaluate(example.annotations, example.careful, "bbox");
    const rows = cells(page.root, "The twelve numbers");
    expect(rows.map(([, value]) => value)).toEqual(stats.map((value) => value.toFixed(3)));
    expect(rows[0]).toEqual(["AP", stats[0]!.toFixed(3), "Precision at IoU 0.50 to 0.95"]);
    expect(rows[4]![2]).toBe("Precision at IoU 0.50 to 0.95, objects of 32² to 96² pixels");
    expect(rows[6]![2]).toBe("Recall at IoU 0.50 to 0.95, the best one of an image and class");
  });

  it("compares two results files: numbers, difference, bars, curves and errors of both", async () => {
    page.press("Try it with an example");
    await page.settled();
    const [a, b] = [example.careful, example.hasty].map((rows) =>
      evaluate(example.annotations, rows, "bbox"),
    );
    const [row] = cells(page.root, "The twelve numbers");
    const difference = b!.stats[0]! - a!.stats[0]!;
    expect(row!.slice(0, 4)).toEqual([
      "AP",
      a!.stats[0]!.toFixed(3),
      b!.stats[0]!.toFixed(3),
      difference.toFixed(3).replace("-", "−"),
    ]);
    expect(page.root.querySelectorAll(".category-bars [data-name=cup] .bar")).toHaveLength(2);
    expect(page.root.querySelectorAll(".recall-curves .curve")).toHaveLength(6);
    expect(page.root.querySelectorAll(".errors-panel [data-name] .bar")).toHaveLength(12);
  });

  it("says the same in tables as in drawings", async () => {
    page.press("Try it with an example");
    await page.settled();
    for (const details of page.root.querySelectorAll("details")) {
      details.setAttribute("open", "");
      details.dispatchEvent(new window.Event("toggle"));
    }
    const { perCategoryAP } = evaluate(example.annotations, example.careful, "bbox");
    const classes = cells(page.root, "AP of each class");
    expect(classes.map(([name, , AP]) => [name, AP])).toEqual(
      ["cup", "fork", "spoon", "plate"].map((name, index) => [name, perCategoryAP[index]!.toFixed(3)]),
    );
    const bar = (selector: string) =>
      [...page.root.querySelectorAll(`${selector} text`)].map(({ textContent }) => textContent);
    expect(bar(".category-bars [data-name=spoon]")).toContain(classes[2]![2]);
    const [error] = cells(page.root, "What errors cost");
    expect(bar(".errors-panel [data-name=classification]")).toContain(error![1]);
    expect(cells(page.root, "Precision at each recall")).toHaveLength(11);
    expect(cells(page.root, "The detections that cost most, A").length).toBeGreaterThan(5);
  });

  it("sorts and searches the classes, and shows a class's curves where its bar is pointed at", async () => {
    page.press("Try it with an example");
    await page.settled();
    const names = () =>
      [...page.root.querySelectorAll(".category-bars [data-name]")].map((row) =>
        row.getAttribute("data-name"),
      );
    const order = page.root.querySelector<HTMLSelectElement>("[name=category-order]")!;
    order.value = "name";
    order.dispatchEvent(new window.Event("change"));
    expect(names()).toEqual(["cup", "fork", "plate", "spoon"]);
    const search = page.root.querySelector<HTMLInputElement>("[name=category-search]")!;
    search.value = "P";
    search.dispatchEvent(new window.Event("input"));
    expect(names()).toEqual(["cup", "plate", "spoon"]);
    page.root.querySelector(".category-bars [data-name=plate]")!.dispatchEvent(new MouseEvent("click"));
    expect(page.root.querySelector<HTMLSelectElement>("[name=curve-category]")!.value).toBe("plate");
    expect(page.text(".recall-curves title")).toBe("Precision against recall, plate");
    expect(page.root.querySelector(".category-bars .chosen")?.parentElement?.getAttribute("data-name")).toBe(
      "plate",
    );
    search.value = "zebra";
    search.dispatchEvent(new window.Event("input"));
    expect(page.text(".category-panel [role=status]")).toBe("No class is called “zebra”.");
  });

  it("draws intervals when asked, and says which of two is higher", async () => {
    page.press("Try it with an example");
    await page.settled();
    expect(cells(page.root, "95% intervals")).toEqual([]);
    page.press("Draw bootstrap intervals");
    await page.settled();
    const rows = cells(page.root, "95% intervals");
    expect(rows.map(([name, of]) => `${name} ${of}`)).toEqual([
      "AP A",
      "AP50 A",
      "AP B",
      "AP50 B",
      "AP B − A",
      "AP50 B − A",
    ]);
    expect(rows[4]![5]).toBe("lower on such images");
    for (const [, , value, low, high] of rows.slice(0, 4)) {
      expect(Number(low)).toBeLessThanOrEqual(Number(value));
      expect(Number(high)).toBeGreaterThanOrEqual(Number(value));
    }
  });

  it("tells in a sentence what is wrong with a file, and goes on with a better one", async () => {
    page.open(0, "truth.json", example.annotations);
    page.open(1, "bad.json", [{ image_id: 1, category_id: 1, bbox: [1, 2, 3], score: 0.5 }]);
    await page.settled();
    expect(page.text("[role=alert]")).toMatch(/^bad\.json: \[0\]\.bbox/);
    page.open(1, "careful.json", example.careful);
    await page.settled();
    expect(page.text("[role=alert]")).toBe("");
    expect(cells(page.root, "The twelve numbers")).toHaveLength(12);
  });

  it("names what counts for nothing", async () => {
    const strange: CocoDetection[] = [...example.careful, { ...example.careful[0]!, category_id: 99 }];
    page.open(0, "truth.json", example.annotations);
    page.open(1, "strange.json", strange);
    await page.settled();
    expect(page.text(".evaluation-remarks")).toMatch(/^strange\.json: 1 of its detections .+: 99\.$/);
  });
});

describe("evaluationExample(options)", () => {
  it("is the same for a seed, and within its images", () => {
    const { annotations }: { annotations: CocoDataset } = evaluationExample({ images: 30, seed: 5 });
    expect(evaluationExample({ images: 30, seed: 5 }).annotations).toEqual(annotations);
    expect(evaluationExample({ images: 30, seed: 6 }).annotations).not.toEqual(annotations);
    for (const { bbox, image_id } of annotations.annotations) {
      const { width, height } = annotations.images[image_id - 1]!;
      expect(Math.min(bbox[0], bbox[1])).toBeGreaterThanOrEqual(0);
      expect(bbox[0] + bbox[2]).toBeLessThanOrEqual(width + 1);
      expect(bbox[1] + bbox[3]).toBeLessThanOrEqual(height + 1);
    }
  });
});

describe("numbersJson() and numbersCsv()", () => {
  const measured = {
    images: 1,
    annotations: 2,
    detections: 3,
    remarks: [],
    categories: [
      { id: 1, name: "cup, large", objects: 2, detections: 3 },
      { id: 2, name: 'the "best"', objects: 0, detections: 0 },
    ],
    stats: [1 / 3, ...new Array(11).fill(-1)],
    perCategoryAP: Float64Array.of(1 / 3, -1),
    iouThresholds: [],
    recallThresholds: [],
    precision: new Float64Array(),
    scores: new Float64Array(),
    milliseconds: 1,
  };
  const numbers = {
    annotations: "truth.json",
    iouType: "bbox",
    compared: [{ letter: "A", name: "a.json", measured, errors: null }],
    intervals: null,
  } as const;

  it("hold every number in full, and nothing where nothing is to be found", () => {
    expect(JSON.parse(numbersJson(numbers))).toMatchObject({
      annotations: "truth.json",
      iouType: "bbox",
      results: [
        {
          file: "a.json",
          stats: { AP: 1 / 3, ARl: null },
          categories: [
            { name: "cup, large", objects: 2, AP: 1 / 3 },
            { name: 'the "best"', AP: null },
          ],
        },
      ],
    });
  });

  it("quote names with commas and quotes as RFC 4180 asks", () => {
    const lines = numbersCsv(numbers).trimEnd().split("\n");
    expect(lines[0]).toBe("results,iou_type,number,category,value");
    expect(lines[1]).toBe("a.json,bbox,AP,,0.3333333333333333");
    expect(lines).toContain('a.json,bbox,AP,"cup, large",0.3333333333333333');
    expect(lines).toContain('a.json,bbox,AP,"the ""best""",');
    // The head, twelve numbers, three a class; no intervals, since none were drawn.
    expect(lines).toHaveLength(1 + 12 + 2 * 3);
  });
});
