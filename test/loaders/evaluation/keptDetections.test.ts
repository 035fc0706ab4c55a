import { appendFile, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { KeptDetections } from "../../../loaders/evaluation/keptDetections.js";

describe("detections kept of an evaluation", () => {
  let folder = "";
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "kept-"));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const identity = { weights: "a", data: "b" };
  const detection = (image: number, score: number) =>
    ({ image_id: image, category_id: 3, bbox: [1.5, 2, 30, 40], score }) as const;

  it("are there again for the same evaluation, and not for another", async () => {
    const kept = await KeptDetections.open(identity, folder);
    await kept.add(new Map([[7, [detection(7, 0.1 + 0.2)]]]));
    await kept.add(new Map([[8, []]]));
    const again = await KeptDetections.open(identity, folder);
    expect(again.size).toBe(2);
    expect(again.of(7)).toEqual([detection(7, 0.1 + 0.2)]);
    expect(again.of(8)).toEqual([]);
    expect(again.of(9)).toBeUndefined();
    expect((await KeptDetections.open({ ...identity, data: "c" }, folder)).size).toBe(0);
  });

  it("lose a line that a killed process wrote in part, and go on after the one before", async () => {
    const kept = await KeptDetections.open(identity, folder);
    await kept.add(new Map([[7, [detection(7, 0.5)]]]));
    const [name] = await readdir(folder);
    await appendFile(join(folder, name!), "[8,[[3,[1,2,3");
    const again = await KeptDetections.open(identity, folder);
    expect(again.size).toBe(1);
    await again.add(new Map([[8, [detection(8, 0.25)]]]));
    const last = await KeptDetections.open(identity, folder);
    expect(last.of(8)).toEqual([detection(8, 0.25)]);
    expect((await readFile(join(folder, name!), "utf8")).split("\n")).toHaveLength(3);
  });

  it("are deleted in the end", async () => {
    const kept = await KeptDetections.open(identity, folder);
    await kept.add(new Map([[7, []]]));
    await kept.discard();
    expect(await readdir(folder)).toEqual([]);
  });
});
