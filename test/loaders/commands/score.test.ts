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

  it("prints pycocotools' twelve lines and a line per category", async () => {
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
    expect(err).toContain("ignored 1 of 3 detections, whose categories the annotations do not have: 12.");
  });

  it("warns that there are no detections, and still scores", async () => {
    expect(await run(dataset, [], "--json")).toBe(0);
    expect(JSON.parse(out).stats[0]).toBe(0);
    expect(err).toContain("d.json: contains no detections");
  });

  it("takes rows that name the file the annotations name, in whatever folder", async () => {
    const named = detections.map((row) => ({ ...row, file_name: "photos/1.jpg" }));
    expect(await run(dataset, named, "--json")).toBe(0);
    expect(JSON.parse(out).stats[0]).toBeCloseTo(0.5, 12);
  });

  it("measures annotations without a size or beyond their image, as pycocotools does, and says so", async () => {
    const annotations = [
      ...dataset.annotations,
      { ...dataset.annotations[0], id: 2, bbox: [0, 0, 0, 5], area: 0 },
      { ...dataset.annotations[0], id: 3, bbox: [90, 0, 20, 5], area: 100 },
    ];
    expect(await run({ ...dataset, annotations }, detections, "--json")).toBe(0);
    // One of three objects is found, by the second detection: precision 1/2 at the recalls up to 1/3, 34 of 101.
    expect(JSON.parse(out).stats[0]).toBeCloseTo((0.5 * 34) / 101, 12);
    expect(err).toContain("a.json: 2 annotations have odd boxes and are evaluated as they are");
    expect(err).toContain("the first: annotations[1].bbox: [0, 0, 0, 5] has no area.");
  });

  it("refuses an annotation that cannot be measured, or leaves it out with --skip-invalid and says so", async () => {
    const annotations = [...dataset.annotations, { ...dataset.annotations[0], id: 2, image_id: 3 }];
    expect(await run({ ...dataset, annotations }, detections)).toBe(1);
    expect(err).toContain(
      "a.json: annotations[1].image_id: no image has the id 3. Correct the file, or skip",
    );
    expect(await run({ ...dataset, annotations }, detections, "--skip-invalid", "--json")).toBe(0);
    expect(JSON.parse(out).stats[0]).toBeCloseTo(0.5, 12);
    expect(err).toContain("skipped annotations: 1, the first: annotations[1].image_id");
  });

  it("prints a table of all numbers by category with --per-class", async () => {
    expect(await run(dataset, detections, "--per-class")).toBe(0);
    expect(out.split("\n").slice(12)).toEqual([
      "",
      " category     AP   AP50   AP75    APs  APm  APl  AR100    ARs  ARm  ARl",
      " ball      0.500  0.500  0.500  0.500    –    –  1.000  1.000    –    –",
      " cup           –      –      –      –    –    –      –      –    –    –",
      "",
    ]);
  });

  it("prints the twelve numbers as CSV alone with --csv, and a line per category with --per-class", async () => {
    const names = "AP,AP50,AP75,APs,APm,APl,AR1,AR10,AR100,ARs,ARm,ARl";
    expect(await run(dataset, detections, "--csv")).toBe(0);
    const [head, line, ...rest] = out.split("\n");
    expect(head).toBe(names);
    const numbers = line!.split(",").map(Number);
    expect(numbers.map((number) => Number(number.toFixed(9)))).toEqual([
      0.5, 0.5, 0.5, 0.5, -1, -1, 0, 1, 1, 1, -1, -1,
    ]);
    expect(rest).toEqual([""]);
    out = "";
    expect(await run(dataset, detections, "--csv", "--per-class")).toBe(0);
    const lines = out.split("\n");
    expect(lines).toHaveLength(4);
    expect(lines[0]).toBe(`category_id,category,${names}`);
    expect(lines[1]).toBe(`7,ball,${line}`);
    expect(lines[2]).toBe("9,cup,-1,-1,-1,-1,-1,-1,-1,-1,-1,-1,-1,-1");
  });

  it("adds each category's numbers to the JSON with --per-class", async () => {
    expect(await run(dataset, detections, "--json", "--per-class")).toBe(0);
    const { stats, perCategory } = JSON.parse(out);
    expect(perCategory).toEqual([
      { id: 7, name: "ball", stats },
      { id: 9, name: "cup", stats: Array.from({ length: 12 }, () => -1) },
    ]);
  });

  it("measures masks with --iou-type segm", async () => {
    const square = (x: number, y: number, side: number) => [
      [x, y, x + side, y, x + side, y + side, x, y + side],
    ];
    const annotations = [{ ...dataset.annotations[0], segmentation: square(0, 0, 10) }];
    // The box is the object's, the mask misses it; the other way round.
    const results = [
      { ...detections[1], segmentation: square(50, 50, 10), score: 0.9 },
      { ...detections[0], segmentation: square(0, 0, 10), score: 0.8 },
    ];
    expect(await run({ ...dataset, annotations }, results, "--iou-type", "segm", "--json")).toBe(0);
    expect(JSON.parse(out).stats[0]).toBeCloseTo(0.5, 12);
    out = "";
    expect(await run({ ...dataset, annotations }, results, "--json")).toBe(0);
    expect(JSON.parse(out).stats[0]).toBeCloseTo(1, 12);
    expect(await run(dataset, results, "--iou-type", "segm")).toBe(1);
    expect(err).toContain("a.json: annotations[0].segmentation: missing; expected outlines");
  });

  it("lets any category find an object with --class-agnostic", async () => {
    const mistaken = [{ ...detections[1], category_id: 9 }];
    expect(await run(dataset, mistaken, "--class-agnostic", "--json")).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ categoryIds: [-1], perCategoryAP: [expect.closeTo(1, 12)] });
    out = "";
    expect(await run(dataset, mistaken, "--class-agnostic")).toBe(0);
    expect(out.split("\n")[13]).toBe(" all categories           1.000");
  });

  it("counts what is marked ignore neither as missed nor as found with --respect-ignore", async () => {
    const annotations = [
      ...dataset.annotations,
      { ...dataset.annotations[0], id: 2, bbox: [50, 50, 10, 10], ignore: 1 },
    ];
    const found = { ...dataset, annotations };
    expect(await run(found, [detections[1]], "--respect-ignore", "--json")).toBe(0);
    expect(JSON.parse(out).stats[8]).toBe(1);
    out = "";
    expect(await run(found, [detections[1]], "--json")).toBe(0);
    expect(JSON.parse(out).stats[8]).toBe(0.5);
  });

  it("counts as many detections as --max-dets says, and names the columns so", async () => {
    expect(await run(dataset, detections, "--max-dets", "0,1,2", "--csv")).toBe(0);
    expect(out.split("\n")[0]).toBe("AP,AP50,AP75,APs,APm,APl,AR0,AR1,AR2,ARs,ARm,ARl");
    out = "";
    expect(await run(dataset, detections, "--max-dets", "0,1,2")).toBe(0);
    expect(out.split("\n")[7]).toContain("maxDets=  1 ] = 0.000");
    expect(out.split("\n")[8]).toContain("maxDets=  2 ] = 1.000");
  });

  it("measures only the categories and images it is told to", async () => {
    expect(await run(dataset, detections, "--categories", "cup,7", "--json")).toBe(0);
    expect(JSON.parse(out).categoryIds).toEqual([7, 9]);
    out = "";
    expect(await run(dataset, detections, "--categories", "cup", "--images", "1", "--json")).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ categoryIds: [9], perCategoryAP: [-1] });
    expect(await run(dataset, detections, "--categories", "bal")).toBe(1);
    expect(err).toContain("a.json has no category bal; the nearest is ball.");
    expect(await run(dataset, detections, "--images", "1,2")).toBe(1);
    expect(err).toContain("a.json has no image with the id 2.");
  });

  it.each([
    ["an IoU type there is not", ["--iou-type", "mask"], "Allowed choices are bbox, segm."],
    ["two numbers of detections", ["--max-dets", "1,10"], "three ascending whole numbers"],
    ["numbers of detections that descend", ["--max-dets", "100,10,1"], "three ascending whole numbers"],
    ["image ids that are none", ["--images", "1,a"], "comma-separated list of integer ids"],
    ["a list of categories with a gap", ["--categories", "cup,,ball"], "comma-separated list"],
    ["two formats at once", ["--json", "--csv"], "cannot be used with option '--csv'"],
  ])("exits 2 on %s", async (_, more, message) => {
    expect(await run(dataset, detections, ...more)).toBe(2);
    expect(err).toContain(message);
    expect(out).toBe("");
  });

  it("says at once that there are no detections of that name, before it reads the annotations", async () => {
    await writeFile(join(folder, "a.json"), "no JSON");
    const missing = join(folder, "none.json");
    expect(await main(["score", "--annotations", join(folder, "a.json"), "--detections", missing])).toBe(1);
    expect(err).toBe(`${missing}: does not exist; check the path.\n`);
  });

  it("says that a folder is no file", async () => {
    expect(await main(["score", "--annotations", folder, "--detections", folder])).toBe(1);
    expect(err).toBe(`${folder}: is a folder, but a file is needed; check the path.\n`);
  });

  it("says which file stands in the other's place", async () => {
    expect(await run(detections, dataset)).toBe(1);
    expect(err).toContain("a.json: is an array; expected an object. This looks like the detections file.");
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

  describe("with --bootstrap", () => {
    // A second image whose ball is not found: of both, one drawn twice or each once.
    const two = {
      ...dataset,
      images: [...dataset.images, { id: 2, file_name: "2.jpg", width: 100, height: 100 }],
      annotations: [...dataset.annotations, { ...dataset.annotations[0], id: 2, image_id: 2 }],
    };

    it("prints intervals between the twelve numbers and the categories", async () => {
      expect(await run(two, detections.slice(1), "--bootstrap", "100")).toBe(0);
      const file = join(folder, "d.json");
      expect(out.split("\n").slice(12, 17)).toEqual([
        "",
        " 95% confidence intervals, from 100 bootstrap samples of the images (seed 0)",
        ` ${"detections".padEnd(file.length)}                    AP                  AP50`,
        // 51 of the 101 recalls are at most 1/2; draws give up to 1, which is 50/101 more: 1/101 is as much less.
        ` ${file}  0.505 [0.010, 1.000]  0.505 [0.010, 1.000]`,
        "",
      ]);
      expect(err).toBe("");
    });

    it("compares with a second file, by 1000 rounds where none are given", async () => {
      const against = join(folder, "e.json");
      await writeFile(against, JSON.stringify([]));
      expect(await run(two, detections.slice(1), "--against", against, "--seed", "3", "--json")).toBe(0);
      const { bootstrap } = JSON.parse(out);
      expect(bootstrap).toMatchObject({ rounds: 1000, seed: 3, level: 0.95 });
      expect(bootstrap.against.ap).toEqual({ value: 0, low: 0, high: 0 });
      expect(bootstrap.difference).toEqual(bootstrap.detections);
      expect(bootstrap.detections.ap50.value).toBeCloseTo(51 / 101, 12);
    });

    it("takes a bare --bootstrap for 1000 rounds", async () => {
      expect(await run(two, detections, "--json", "--bootstrap")).toBe(0);
      expect(JSON.parse(out).bootstrap.rounds).toBe(1000);
    });

    it("refuses no rounds, and a second file that is not there before it reads the first", async () => {
      expect(await run(two, detections, "--bootstrap", "0")).toBe(2);
      expect(err).toContain("It must be a whole number from 1 to 9007199254740991.");
      expect(await run(two, detections, "--against", join(folder, "none.json"))).toBe(1);
      expect(err).toContain("none.json: ");
    });
  });

  describe("with --errors", () => {
    it("prints a table of types with counts and costs", async () => {
      expect(await run(dataset, detections, "--errors")).toBe(0);
      expect(out.split("\n").slice(13, 24)).toEqual([
        " Errors at IoU=0.50 by type: count, and AP gained if all of them were fixed",
        " error                count   cost",
        " classification           0  0.000",
        " localisation             0  0.000",
        " both                     0  0.000",
        " duplicate                0  0.000",
        " background               1  0.500",
        " missed                   0  0.000",
        " all false positives      1  0.500",
        " all false negatives      0  0.000",
        "",
      ]);
    });

    it("adds them to JSON and CSV", async () => {
      expect(await run(dataset, detections, "--errors", "--json")).toBe(0);
      expect(JSON.parse(out).errors.types.background).toEqual({ count: 1, cost: expect.closeTo(0.5, 12) });
      out = "";
      expect(await run(dataset, detections, "--errors", "--csv", "--bootstrap", "5")).toBe(0);
      const [names, values] = out
        .trim()
        .split("\n")
        .map((line) => line.split(","));
      const of = (name: string) => Number(values![names!.indexOf(name)]);
      expect(values).toHaveLength(names!.length);
      expect(of("AP_low")).toBeCloseTo(0.5, 12);
      expect(of("background_count")).toBe(1);
      expect(of("falsePositives_cost")).toBeCloseTo(0.5, 12);
    });

    it("refuses what has no place for them", async () => {
      expect(await run(dataset, detections, "--errors", "--class-agnostic")).toBe(2);
      expect(await run(dataset, detections, "--errors", "--csv", "--per-class")).toBe(2);
      expect(err).toContain("--csv --per-class has no columns for intervals and errors");
      expect(out).toBe("");
    });
  });
});
