import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { main } from "../../../loaders/cli.js";

const dataset = {
  images: [{ id: 1, file_name: "1.jpg", width: 100, height: 100 }],
  annotations: [{ id: 1, image_id: 1, category_id: 7, bbox: [0, 0, 10, 10], area: 100, iscrowd: 0 }],
  categories: [
    { id: 9, name: "cup" },
    { id: 7, name: "ball" },
  ],
};
// Best first: wrong, right. Precision 1/2 at every recall and every threshold.
const detections = [
  { image_id: 1, category_id: 7, bbox: [50, 50, 10, 10], score: 0.9 },
  { image_id: 1, category_id: 7, bbox: [0, 0, 10, 10], score: 0.8 },
];

describe("score", () => {
  let folder: string;
  let out: string;
  let err: string;
  const run = async (annotations: unknown, results: unknown, ...more: string[]) => {
    await writeFile(join(folder, "a.json"), JSON.stringify(annotations));
    await writeFile(join(folder, "d.json"), JSON.stringify(results));
    const files = ["--annotations", join(folder, "a.json"), "--detections", join(folder, "d.json")];
    return main(["score", ...files, ...more]);
  };

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "score-"));
    out = "";
    err = "";
    vi.spyOn(process.stdout, "write").mockImplementation((text) => {
      out += String(text);
      return true;
    });
    vi.spyOn(process.stderr, "write").mockImplementation((text) => {
      err += String(text);
      return true;
    });
  });
  afterEach(async () => {
    vi.restoreAllMocks();
    await rm(folder, { recursive: true });
  });

  it("prints pycocotools' twelve lines and a line a category", async () => {
    expect(await run(dataset, detections)).toBe(0);
    expect(out.split("\n")).toEqual([
      " Average Precision  (AP) @[ IoU=0.50:0.95 | area=   all | maxDets=100 ] = 0.500",
      " Average Precision  (AP) @[ IoU=0.50      | area=   all | maxDets=100 ] = 0.500",
      " Average Precision  (AP) @[ IoU=0.75      | area=   all | maxDets=100 ] = 0.500",
      " Average Precision  (AP) @[ IoU=0.50:0.95 | area= small | maxDets=100 ] = 0.500",
      " Average Precision  (AP) @[ IoU=0.50:0.95 | area=medium | maxDets=100 ] = -1.000",
      " Average Precision  (AP) @[ IoU=0.50:0.95 | area= large | maxDets=100 ] = -1.000",
      " Average Recall     (AR) @[ IoU=0.50:0.95 | area=   all | maxDets=  1 ] = 0.000",
      " Average Recall     (AR) @[ IoU=0.50:0.95 | area=   all | maxDets= 10 ] = 1.000",
      " Average Recall     (AR) @[ IoU=0.50:0.95 | area=   all | maxDets=100 ] = 1.000",
      " Average Recall     (AR) @[ IoU=0.50:0.95 | area= small | maxDets=100 ] = 1.000",
      " Average Recall     (AR) @[ IoU=0.50:0.95 | area=medium | maxDets=100 ] = -1.000",
      " Average Recall     (AR) @[ IoU=0.50:0.95 | area= large | maxDets=100 ] = -1.000",
      "",
      " ball                     0.500",
      " cup                      no objects",
      "",
    ]);
  });

  it("prints JSON alone with --json", async () => {
    expect(await run(dataset, detections, "--json")).toBe(0);
    const result = JSON.parse(out);
    expect(Object.keys(result)).toEqual(["stats", "categoryIds", "perCategoryAP"]);
    expect(result.stats).toHaveLength(12);
    expect(result.categoryIds).toEqual([7, 9]);
    expect(result.perCategoryAP[0]).toBeCloseTo(0.5, 12);
    expect(result.perCategoryAP[1]).toBe(-1);
    expect(err).toBe("");
  });

  it("warns of categories the annotations do not have, and still scores", async () => {
    expect(await run(dataset, [...detections, { ...detections[0], category_id: 12 }], "--json")).toBe(0);
    expect(JSON.parse(out).stats[0]).toBeCloseTo(0.5, 12);
    expect(err).toContain("detections of categories the annotations do not have count for nothing: 12.");
  });

  it("warns that there are no detections at all, and still scores", async () => {
    expect(await run(dataset, [], "--json")).toBe(0);
    expect(JSON.parse(out).stats[0]).toBe(0);
    expect(err).toContain("d.json: there are no detections at all");
  });

  it("takes rows that name the file the annotations name, in whatever folder", async () => {
    const named = detections.map((row) => ({ ...row, file_name: "photos/1.jpg" }));
    expect(await run(dataset, named, "--json")).toBe(0);
    expect(JSON.parse(out).stats[0]).toBeCloseTo(0.5, 12);
  });

  it("refuses an annotation without a size, or leaves it out with --skip-invalid and says so", async () => {
    const annotations = [...dataset.annotations, { ...dataset.annotations[0], id: 2, bbox: [0, 0, 0, 5] }];
    expect(await run({ ...dataset, annotations }, detections)).toBe(1);
    expect(err).toContain("a.json: annotations[1].bbox: [0, 0, 0, 5] has no area");
    expect(await run({ ...dataset, annotations }, detections, "--skip-invalid", "--json")).toBe(0);
    expect(JSON.parse(out).stats[0]).toBeCloseTo(0.5, 12);
    expect(err).toContain("left out 1 of its annotations");
  });

  it.each([
    ["annotations without images", {}, detections, "a.json: images: missing"],
    ["detections that are no array", dataset, { results: [] }, "d.json: is an object; expected an array."],
    [
      "a detection without a score",
      dataset,
      [{ ...detections[0], score: null }],
      "d.json: [0].score: is null",
    ],
    [
      "a detection in an unknown image",
      dataset,
      [{ ...detections[0], image_id: 2 }],
      "d.json: [0].image_id: no image",
    ],
    [
      "a detection in a file that the annotations call by another id",
      dataset,
      [detections[0], { ...detections[1], file_name: "photos/2.jpg" }],
      'd.json: [1].file_name: is "photos/2.jpg", but the annotations\' image 1 is "1.jpg"; give each row the id',
    ],
  ])("exits 1 on %s", async (_, annotations, results, message) => {
    expect(await run(annotations, results, "--json")).toBe(1);
    expect(err).toContain(message);
    expect(out).toBe("");
  });
});
