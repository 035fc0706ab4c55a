import { describe, expect, it } from "vitest";
import { evaluate } from "../../../src/coco/evaluate.js";
import { evaluationExample } from "../../../src/components/evaluate/files/exampleFiles.js";
import {
  type EvaluationFile,
  type EvaluationProgress,
  evaluationProtocol,
} from "../../../src/messages/evaluation.js";
import { parseMessage } from "../../../src/workers/envelope.js";
import { evaluationEngine } from "../../../src/workers/evaluation/engine.js";

const example = evaluationExample({ images: 12, seed: 3 });

let nextKey = 0;
const fileOf = (name: string, value: unknown): EvaluationFile => ({
  key: nextKey++,
  name,
  file: new Blob([typeof value === "string" ? value : JSON.stringify(value)]),
});
const groundTruth = fileOf("truth.json", example.annotations);
const careful = fileOf("careful.json", example.careful);
const hasty = fileOf("hasty.json", example.hasty);

const question = { groundTruth, detections: careful, iouType: "bbox" } as const;
const nothing = () => {};

async function measure(
  part: Partial<Parameters<ReturnType<typeof evaluationEngine>["measure"]>[0]> = {},
  progress: EvaluationProgress = nothing,
) {
  const answer = await evaluationEngine().measure({ ...question, ...part }, progress);
  return parseMessage(evaluationProtocol.questions.measure.answer, answer, "it");
}

describe("evaluationEngine()", () => {
  it("measures files to the numbers of evaluate(), and tells of each stage to its end", async () => {
    const right = evaluate(example.annotations, example.careful, "bbox");
    const told: [stage: string, fraction: number][] = [];
    const answer = await measure({}, (...progress) => told.push(progress));
    expect(answer.stats).toEqual(right.stats);
    expect([...answer.perCategoryAP]).toEqual(right.perCategoryAP);
    expect(answer.categories.map(({ id, name }) => [id, name])).toEqual([
      [1, "cup"],
      [2, "fork"],
      [3, "spoon"],
      [4, "plate"],
    ]);
    const objects = example.annotations.annotations.filter(
      ({ category_id, iscrowd }) => category_id === 2 && iscrowd === 0,
    );
    expect(answer.categories[1]).toMatchObject({ objects: objects.length });
    expect(answer).toMatchObject({
      images: 12,
      detections: example.careful.length,
      remarks: [],
    });
    for (const stage of ["annotations", "detections", "matching"]) {
      expect(told.filter(([name]) => name === stage).at(-1)).toEqual([stage, 1]);
    }
  });

  it("keeps of the curves those of all sizes and a hundred detections", async () => {
    const right = evaluate(example.annotations, example.careful, "bbox");
    const answer = await measure();
    // 10 thresholds × 101 recalls × 4 categories; in the whole curves × 4 area ranges × 3 limits.
    expect(answer.precision).toHaveLength(10 * 101 * 4);
    const at = (t: number, r: number, k: number) => (t * 101 + r) * 4 + k;
    for (const [t, r, k] of [
      [0, 0, 0],
      [5, 50, 3],
      [9, 10, 1],
    ] as const) {
      expect(answer.precision[at(t, r, k)]).toBe(right.precision[at(t, r, k) * 12 + 2]);
      expect(answer.scores[at(t, r, k)]).toBe(right.scores[at(t, r, k) * 12 + 2]);
    }
  });

  it("says what counts for nothing, is left out, or is odd", async () => {
    const [first, ...others] = example.annotations.annotations;
    const broken = fileOf("broken.json", {
      ...example.annotations,
      annotations: [
        { ...first, bbox: [600, 0, 100, 50] },
        { ...others[0]!, image_id: 99 },
        ...others.slice(1),
      ],
    });
    const strange = example.careful.map((row, index) =>
      index < 2 ? { ...row, category_id: 80 + index } : row,
    );
    const answer = await measure({ groundTruth: broken, detections: fileOf("strange.json", strange) });
    expect(answer.remarks).toHaveLength(3);
    expect(answer.remarks[0]).toMatch(/^broken\.json: 1 annotation was left out.+annotations\[1\]\.image_id/);
    expect(answer.remarks[1]).toMatch(/^broken\.json: 1 annotation was measured.+annotations\[0\]\.bbox/);
    expect(answer.remarks[2]).toMatch(/^strange\.json: 2 of its detections are not counted.+80, 81\.$/);
  });

  it("refuses what is no COCO file, naming file, row and field", async () => {
    const rows = JSON.stringify(example.careful.map((row, i) => (i === 3 ? { ...row, score: "high" } : row)));
    await expect(measure({ detections: fileOf("bad.json", rows) })).rejects.toThrow(
      /bad\.json: \[3\]\.score: /,
    );
    await expect(measure({ detections: fileOf("cut.json", "[{") })).rejects.toThrow(/^cut\.json: /);
  });

  it("explains errors, and lists the costliest first", async () => {
    const answer = await evaluationEngine().classify({ ...question, detections: hasty }, nothing);
    expect(answer.errors.map(({ name }) => name)).toEqual([
      "classification",
      "localisation",
      "both",
      "duplicate",
      "background",
      "missed",
    ]);
    const costs = answer.costliest.map(({ cost }) => cost);
    expect(costs.length).toBeGreaterThan(5);
    expect(costs).toEqual(costs.toSorted((a, b) => b - a));
    for (const { name, object } of answer.costliest) expect(object === null).toBe(name === "background");
  });

  it("draws intervals around the numbers, and around the difference of two", async () => {
    const { bootstrap } = evaluationEngine();
    const alone = await bootstrap({ ...question, others: null, samples: 20, seed: 1 }, nothing);
    expect(alone).toMatchObject({ samples: 20, difference: null });
    const answer = await bootstrap({ ...question, others: hasty, samples: 20, seed: 1 }, nothing);
    const [a] = evaluate(example.annotations, example.careful, "bbox").stats;
    const [b] = evaluate(example.annotations, example.hasty, "bbox").stats;
    expect(answer.sets).toHaveLength(2);
    expect(answer.sets[0]?.ap?.value).toBeCloseTo(a!, 12);
    expect(answer.sets[1]?.ap?.value).toBeCloseTo(b!, 12);
    expect(answer.difference?.ap?.value).toBeCloseTo(b! - a!, 12);
  });

  it("reads each file once, but again where masks are asked for", async () => {
    const engine = evaluationEngine();
    const stages = async (
      kind: "measure" | "classify",
      part: Partial<typeof question> | { iouType: "segm" },
    ) => {
      const told = new Set<string>();
      await engine[kind]({ ...question, ...part }, (stage) => told.add(stage));
      return [...told];
    };
    expect(await stages("measure", {})).toEqual(["annotations", "detections", "matching"]);
    expect(await stages("measure", { detections: hasty })).toEqual(["detections", "matching"]);
    expect(await stages("classify", {})).toEqual(["errors"]);
    await expect(stages("measure", { iouType: "segm" })).rejects.toThrow(
      /truth\.json: annotations\[0\]\.segmentation/,
    );
  });
});
