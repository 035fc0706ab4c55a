import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { main } from "../../../loaders/cli.js";
import { modelByName } from "../../../src/architecture/families/modelByName.js";
import { layersOf } from "../../../src/architecture/layers/layersOf.js";
import { tensorsOf } from "../../../src/architecture/layers/tensors.js";
import { decodeWeights } from "../../../src/checkpoints/weights.js";
import { initialValues } from "../../../src/network/initialise.js";
import {
  savedTensors,
  savedVariables,
} from "../../checkpoints/tensorflow/conversion/modelGardenCheckpoint.js";
import { writeCheckpoint } from "../../checkpoints/tensorflow/writeCheckpoint.js";

const model = modelByName("spinenet-49", {
  width: 0.07,
  endpoints: 4,
  headFilters: 4,
  headConvolutions: 1,
  classes: 91,
});
const values = initialValues(tensorsOf(layersOf(model)), 3);

let room = "";
let output: string[] = [];
beforeAll(async () => {
  room = await mkdtemp(join(tmpdir(), "convert-"));
  await mkdir(join(room, "run"));
  for (const [name, bytes] of writeCheckpoint(savedTensors(savedVariables(model, values)))) {
    await writeFile(join(room, "run", name), bytes);
  }
  // As copied from the machine that it was trained on.
  await writeFile(join(room, "run", "checkpoint"), 'model_checkpoint_path: "/far/away/model"\n');
});
afterAll(() => rm(room, { recursive: true, force: true }));
afterEach(() => vi.restoreAllMocks());

async function run(...args: string[]): Promise<number> {
  output = [];
  const collect = (text: string | Uint8Array) => output.push(String(text)) > 0;
  vi.spyOn(process.stdout, "write").mockImplementation(collect);
  vi.spyOn(process.stderr, "write").mockImplementation(collect);
  return main(["convert", ...args]);
}

const out = (name: string) => join(room, `${name}.safetensors`);
const weightsIn = async (name: string) => decodeWeights(await readFile(out(name)), name);

describe("convert", () => {
  it("writes a folder's latest checkpoint as weights, and reports what it found", async () => {
    expect(await run(join(room, "run"), "--out", out("a"), "--dtype", "float32")).toBe(0);
    const text = output.join("");
    expect(text).toContain("network     SpineNet-49 (width 0.07), width 0.07, α 0.5, endpoints of 4 filters");
    expect(text).toContain(
      "RetinaNet of 1 convolution with 4 filters, 91 class channels, 9 anchors per cell",
    );
    expect(text).toContain("after 123,456 training steps");
    const weights = await weightsIn("a");
    expect(weights.values).toEqual(values);
    expect(weights.run).toBe("converted from model");
    expect(weights.classes).toHaveLength(80);
    expect(weights.classes.at(-1)).toEqual({ channel: 90, categoryId: 90, name: "toothbrush" });
  });

  it.each(["model", "model.index", "model.data-00000-of-00001"])(
    "takes %s for the checkpoint",
    async (name) => {
      expect(await run(join(room, "run", name), "--out", out(name), "--size", "128", "--json")).toBe(0);
      const report = JSON.parse(output.find((line) => line.startsWith("{"))!);
      expect(report).toMatchObject({
        layout: "modelGarden",
        dtype: "float16",
        steps: 123456,
        averaged: 0,
        skipped: { variables: ["global_step"] },
        model: { inputSize: [128, 128] },
      });
      expect((await readFile(out(name))).length).toBe(report.bytes);
    },
  );

  it("converts to a model of the caller's, if it fits", async () => {
    const json = join(room, "own.json");
    await writeFile(json, JSON.stringify({ ...model, name: "My own" }));
    expect(await run(join(room, "run"), "--model", json, "--out", out("own"))).toBe(0);
    expect((await weightsIn("own")).model.name).toBe("My own");
    expect(await run(join(room, "run"), "--model", "spinenet-49", "--out", out("not"))).toBe(1);
    expect(output.join("")).toContain('SpineNet-49 has "head/class1", the checkpoint none for it');
    await expect(readFile(out("not"))).rejects.toThrow();
  });

  it("names what is missing", async () => {
    expect(await run(join(room, "none"), "--out", out("x"))).toBe(1);
    expect(output.join("")).toContain("none.index: does not exist; give a checkpoint's prefix");
    await mkdir(join(room, "empty"));
    expect(await run(join(room, "empty"), "--out", out("x"))).toBe(1);
    expect(output.join("")).toContain("there is no checkpoint in this folder");
    await writeFile(join(room, "empty", "a.index"), "a");
    await writeFile(join(room, "empty", "b.index"), "b");
    expect(await run(join(room, "empty"), "--out", out("x"))).toBe(1);
    expect(output.join("")).toContain(
      "there are 2 checkpoints in this folder; give one of a.index, b.index.",
    );
    await writeFile(join(room, "empty", "checkpoint"), 'model_checkpoint_path: "c"');
    expect(await run(join(room, "empty"), "--out", out("x"))).toBe(1);
    expect(output.join("")).toContain(
      "it names c, which is not in the folder; give one of a.index, b.index.",
    );
    expect(await run(join(room, "empty", "a"), "--out", out("x"))).toBe(1);
    expect(output.join("")).toContain(
      "it has 1 bytes, fewer than the 48 at the end of each checkpoint index.",
    );
    expect(await run(join(room, "empty", "checkpoint"), "--out", out("x"))).toBe(1);
    expect(output.join("")).toContain("it is no checkpoint's file");
    await writeFile(join(room, "a.tar.gz"), Uint8Array.of(0x1f, 0x8b, 8, 0));
    expect(await run(join(room, "a.tar.gz"), "--out", out("x"))).toBe(1);
    expect(output.join("")).toContain("looks like a gzip archive; unpack it first");
    expect(await run(join(room, "run"))).toBe(2);
  });
});
