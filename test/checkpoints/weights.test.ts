import { beforeAll, describe, expect, it } from "vitest";
import { modelByName } from "../../src/architecture/families/modelByName.js";
import { layersOf } from "../../src/architecture/layers/layersOf.js";
import { tensorsOf } from "../../src/architecture/layers/tensors.js";
import {
  decodeSafetensors,
  encodeSafetensors,
  type StoredTensor,
} from "../../src/checkpoints/safetensors.js";
import { decodeWeights, encodeWeights, type Weights } from "../../src/checkpoints/weights.js";
import { initialValues } from "../../src/network/initialise.js";

const model = modelByName("spinenet-mobile-49", {
  size: 128,
  width: 0.2,
  endpoints: 8,
  headFilters: 8,
  classes: 3,
});
const weights: Weights = {
  model,
  values: initialValues(tensorsOf(layersOf(model)), 1),
  classes: [
    { channel: 0, categoryId: 1, name: "cat" },
    { channel: 2, categoryId: 7, name: "dog" },
  ],
  preprocessing: { mean: [0.5, 0.4, 0.3], deviation: [0.2, 0.2, 0.2] },
  run: "tiny-seed1",
};

describe("a weights file", () => {
  let file: Uint8Array;
  beforeAll(() => {
    file = encodeWeights(weights, "F32");
  });

  /** The file with its tensors or its metadata changed. */
  function changed(change: {
    tensors?: (tensors: Map<string, StoredTensor>) => void;
    metadata?: (metadata: Record<string, string>) => void;
  }): Uint8Array {
    const decoded = decodeSafetensors(file, "w");
    const tensors = new Map(decoded.tensors);
    const metadata = { ...decoded.metadata };
    change.tensors?.(tensors);
    change.metadata?.(metadata);
    return encodeSafetensors({ tensors, metadata }, "F32");
  }

  it("gives back all that was put in", () => {
    expect(decodeWeights(file, "w")).toEqual(weights);
  });

  it.each([
    [
      "preprocessing",
      '{"mean":[0.5,0.4,1e999],"deviation":[0.2,0.2,0.2]}',
      ".mean.2: is Infinity; expected a finite number",
    ],
    [
      "preprocessing",
      '{"mean":[0.5,0.4,0.3],"deviation":[1e999,0.2,0.2]}',
      ".deviation.0: is Infinity; expected a finite number",
    ],
    [
      "classes",
      '[{"channel":9007199254740993,"categoryId":1,"name":"cat"}]',
      ".0.channel: is 9007199254740992; expected a whole",
    ],
    [
      "model",
      JSON.stringify(model).replace('"alpha":1', '"alpha":1e999'),
      ": backbone.alpha: is Infinity; expected a number above 0",
    ],
    [
      "model",
      JSON.stringify(model).replace('"repeats":1', '"repeats":1000000'),
      ": backbone.repeats: is 1000000; expected a whole number from 1 to 256",
    ],
    [
      "model",
      JSON.stringify({ ...model, inputSize: [65_536, 65_536] }),
      ": inputSize.0: is 65536; expected a whole number from 1 to 8192",
    ],
  ])(
    "is refused with a %s whose numbers are infinite, inexact or out of bounds: %s",
    (field, text, complaint) => {
      const damaged = changed({
        metadata: (metadata) => {
          metadata[field] = text;
        },
      });
      expect(() => decodeWeights(damaged, "w")).toThrow(`w: metadata "${field}"${complaint}`);
    },
  );

  it("takes half the room as float16, and gives values within 2⁻¹¹ of their size", () => {
    const halves = encodeWeights(weights, "F16");
    expect(halves.length).toBeLessThan(0.6 * file.length);
    const { values } = decodeWeights(halves, "w");
    for (const [name, exact] of weights.values) {
      const rounded = values.get(name)!;
      expect(rounded.length).toBe(exact.length);
      // Below 2⁻¹⁴ float16 has steps of 2⁻²⁴, so of at most half that off.
      const off = exact.findIndex(
        (value, index) => Math.abs(rounded[index]! - value) > Math.max(Math.abs(value) * 2 ** -11, 2 ** -25),
      );
      expect(off).toBe(-1);
    }
  });

  it("keeps a tensor beyond float16's range as float32, the others as float16", () => {
    const variance = Float32Array.from(weights.values.get("stem/norm/variance")!, () => 162479.6);
    const wide = { ...weights, values: new Map(weights.values).set("stem/norm/variance", variance) };
    const { values } = decodeWeights(encodeWeights(wide, "F16"), "w");
    // 65504 is float16's largest number.
    expect(values.get("stem/norm/variance")).toEqual(variance);
    expect(values.get("stem/conv/kernel")).not.toEqual(weights.values.get("stem/conv/kernel"));
  });

  it("is refused without a tensor of its model", () => {
    const without = changed({ tensors: (tensors) => tensors.delete("stem/conv/kernel") });
    expect(() => decodeWeights(without, "w.safetensors")).toThrow(
      'w.safetensors: the tensor "stem/conv/kernel" of the model in its header is missing.',
    );
  });

  it("is refused with a tensor of another model", () => {
    const stranger = { shape: [1], values: Float32Array.of(1) };
    const more = changed({ tensors: (tensors) => tensors.set("block99/conv1/kernel", stranger) });
    expect(() => decodeWeights(more, "w.safetensors")).toThrow(
      'w.safetensors: the model in its header has no tensor "block99/conv1/kernel"; these are weights for another model.',
    );
  });

  it("is refused with a tensor of another shape, even of as many numbers", () => {
    // The stem has ⌊8 × 0.2⌋ = 1 filter of 3×3 over red, green and blue.
    const turned = changed({
      tensors: (tensors) => {
        tensors.set("stem/conv/kernel", { shape: [3, 3, 1, 3], values: new Float32Array(27) });
      },
    });
    expect(() => decodeWeights(turned, "w.safetensors")).toThrow(
      'the tensor "stem/conv/kernel" is 3×3×1×3, but its model needs 3×3×3×1; these are weights for another model.',
    );
  });

  it.each([
    ["not a number", Number.NaN],
    ["infinite", Number.POSITIVE_INFINITY],
  ])("is refused with a number that is %s", (_, value) => {
    const broken = changed({
      tensors: (tensors) => tensors.get("stem/conv/kernel")!.values.fill(value, 5, 6),
    });
    expect(() => decodeWeights(broken, "w.safetensors")).toThrow(
      'the tensor "stem/conv/kernel" holds numbers that are not finite; the file is damaged, or its training run diverged.',
    );
  });

  it("is refused with a negative variance, whose root would be no number", () => {
    const broken = changed({ tensors: (tensors) => tensors.get("stem/norm/variance")!.values.fill(-0.01) });
    expect(() => decodeWeights(broken, "w.safetensors")).toThrow(
      'the tensor "stem/norm/variance" holds a negative variance; the file is damaged, or its training run diverged.',
    );
  });

  const classesOf = (...entries: [number, number, string][]) =>
    JSON.stringify(entries.map(([channel, categoryId, name]) => ({ channel, categoryId, name })));
  it.each([
    [
      "model",
      undefined,
      'its header\'s metadata lacks "model"; only weights written by this project can be used.',
    ],
    ["run", undefined, 'its header\'s metadata lacks "run"'],
    ["model", "{", 'metadata "model": is not JSON ('],
    ["model", '{"name":"x"}', 'metadata "model": inputSize: '],
    ["classes", "[]", 'metadata "classes": must list at least one class'],
    ["classes", classesOf([3, 1, "cat"]), 'class "cat" is channel 3 of 3.'],
    [
      "classes",
      classesOf([1, 1, "cat"], [1, 2, "dog"]),
      'metadata "classes": must give each channel one class only',
    ],
    ["classes", '[{"channel":0.5,"categoryId":1,"name":"cat"}]', 'metadata "classes".0.channel: '],
    ["preprocessing", '{"mean":[0,0,0],"deviation":[1,0,1]}', 'metadata "preprocessing".deviation.1: '],
  ])("is refused where its %s is %s", (field, value, message) => {
    const damaged = changed({
      metadata: (metadata) => {
        if (value === undefined) delete metadata[field];
        else metadata[field] = value;
      },
    });
    expect(() => decodeWeights(damaged, "w.safetensors")).toThrow(`w.safetensors: ${message}`);
  });

  it("is not written where values lack a tensor of the model", () => {
    expect(() => encodeWeights({ ...weights, values: new Map() }, "F32")).toThrow(
      'The weights lack the tensor "stem/conv/kernel", which their model needs.',
    );
  });
});
