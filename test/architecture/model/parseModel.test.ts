import { describe, expect, it } from "vitest";
import { modelByName } from "../../../src/architecture/families/modelByName.js";
import type { Model } from "../../../src/architecture/model/model.js";
import { parseModel } from "../../../src/architecture/model/parseModel.js";

/** SpineNet-49 as plain JSON with one value put in at a path. */
function changed(path: string, value: unknown): unknown {
  return put(modelByName("spinenet-49"), path.split("."), value);
}

function put(node: unknown, [key, ...rest]: readonly string[], value: unknown): unknown {
  if (key === undefined) return value;
  if (typeof node !== "object" || node === null) return { [key]: put(undefined, rest, value) };
  const copy = Array.isArray(node) ? [...node] : { ...node };
  return Object.assign(copy, { [key]: put(Reflect.get(node, key), rest, value) });
}

describe("parseModel", () => {
  it.each([
    ["name", ""],
    ["inputSize", [640]],
    ["inputSize.0", 0],
    ["inputSize.1", 640.5],
    ["classes", "91"],
    ["padding", "valid"],
    ["head.kind", "mask"],
    ["head.convolutions", -1],
    ["head.anchors.aspectRatios", []],
    ["decoder.kind", "bifpn"],
    ["batchNorm.momentum", 1],
    ["batchNorm.epsilon", 0],
    ["backbone.family", "swin"],
    ["backbone.stem", []],
    ["backbone.alpha", 0],
    ["backbone.widthMultiplier", Number.POSITIVE_INFINITY],
    ["backbone.repeats", 0],
    ["backbone.activation", "gelu"],
    ["backbone.dropConnect", 1],
    ["backbone.widths.8", 256],
    ["backbone.blocks.3.level", 8],
    ["backbone.blocks.3.kind", "basic"],
    ["backbone.blocks.3.parents", [0, 1, 2]],
    ["backbone.blocks.3.parents.1", -1],
    ["backbone.blocks.3.parents", []],
  ])("names the file and %s when that is %j", (path, value) => {
    expect(() => parseModel(changed(path, value), "my.json")).toThrow(`my.json: ${path}`);
  });

  it.each([
    ["inputSize.0", 65_536, "from 1 to 8192"],
    ["classes", 1e9, "from 1 to 100000"],
    ["classes", 2 ** 53, "a whole number of at most 9007199254740991"],
    ["backbone.repeats", 10_000, "from 1 to 256"],
    ["backbone.stemWidth", 1e6, "from 1 to 16384"],
    ["backbone.widths.4", 1e6, "from 1 to 16384"],
    ["backbone.widthMultiplier", 1e300, "above 0, at most 64"],
    ["backbone.alpha", 1e9, "above 0, at most 64"],
    ["backbone.endpointWidth", 1e9, "from 1 to 16384"],
    ["head.width", 1e9, "from 1 to 16384"],
    ["head.convolutions", 1e9, "from 0 to 64"],
    ["head.anchors.size", 1e9, "above 0, at most 1024"],
    ["head.anchors.scalesPerOctave", 1e9, "from 1 to 64"],
    ["head.anchors.aspectRatios.1", 1e9, "above 0, at most 1024"],
    ["batchNorm.epsilon", 1e9, "above 0, at most 1"],
  ])("names %s when that is %d, with what it may be", (path, value, range) => {
    expect(() => parseModel(changed(path, value), "my.json")).toThrow(
      `my.json: ${path}: is ${value}; expected ${range.startsWith("a whole") ? range : range.startsWith("from") ? `a whole number ${range}` : `a number ${range}`}.`,
    );
  });

  it.each([
    ["name", "x".repeat(1e6), "or less"],
    ["backbone.stem", Array(1e5).fill({ level: 2, kind: "bottleneck" }), "512 or less"],
    ["backbone.blocks", Array(1e5).fill({ level: 3, kind: "bottleneck", parents: [0, 1] }), "256 or less"],
    ["head.anchors.aspectRatios", Array(1e5).fill(1), "64 or less"],
  ])("names %s when it is too long, with how long it may be", (path, value, range) => {
    expect(() => parseModel(changed(path, value), "my.json")).toThrow(
      new RegExp(`^my\\.json: ${path}: has length \\d+; expected .*${range}`),
    );
  });

  it("refuses a key it does not know, since a misspelt one would be ignored in silence", () => {
    expect(() => parseModel(changed("backbone.widthMultiplyer", 2), "my.json")).toThrow(
      "my.json: backbone.widthMultiplyer",
    );
  });

  it("refuses what is no object", () => {
    expect(() => parseModel(null, "my.json")).toThrow("my.json: the top level: ");
  });

  it('takes a block without "output" as one that is not', () => {
    const model = modelByName("spinenet-49");
    const blocks = model.backbone.blocks.map(({ output, ...block }) =>
      output ? { ...block, output } : block,
    );
    const parsed: Model = parseModel({ ...model, backbone: { ...model.backbone, blocks } }, "my.json");
    expect(parsed).toEqual(model);
  });

  it("names the file before a broken rule", () => {
    expect(() => parseModel(changed("backbone.blocks.3.parents", [2, 8]), "my.json")).toThrow(
      "my.json: block 5 names block 8 as a parent, which is not built before it",
    );
  });
});
