import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { type RunIdentity, trainedStudy } from "../../loaders/training/state/runIdentity.js";
import { seal } from "../../loaders/training/state/sealed.js";
import { readState, type TrainingState } from "../../loaders/training/state/stateFile.js";
import { layersOf } from "../../src/architecture/layers/layersOf.js";
import { tensorsOf } from "../../src/architecture/layers/tensors.js";
import { decodeBackbone, encodeBackbone } from "../../src/checkpoints/backbone.js";
import { encodeSafetensors } from "../../src/checkpoints/safetensors.js";
import { decodeWeights, encodeWeights, type Weights } from "../../src/checkpoints/weights.js";
import { imageNetDeviation, imageNetMean } from "../../src/detection/letterbox.js";
import { initialValues } from "../../src/network/initialise.js";
import { tinyModel, tinyStudy } from "../loaders/training/tinyStudy.js";
import { mutated, mutatedBytes } from "./mutations.js";
import { type ParserCheck, parserCheck } from "./parserCheck.js";

const weights: Weights = {
  model: tinyModel,
  values: initialValues(tensorsOf(layersOf(tinyModel)), 1),
  classes: [{ channel: 1, categoryId: 1, name: "thing" }],
  preprocessing: { mean: [...imageNetMean], deviation: [...imageNetDeviation] },
  run: "tiny",
};

/** Weights, backbones and training states: as bytes, and with another header before the same tensors. */
export function weightsChecks(): ParserCheck[] {
  const file = encodeWeights(weights, "F16");
  const backbone = encodeBackbone(weights, "F16");
  const anyWeights = fc.oneof(mutatedBytes([file]), withOtherHeaders(file));
  return [
    parserCheck({
      name: "weights",
      inputs: anyWeights,
      parse: (input) => decodeWeights(input, "file.safetensors"),
      source: "file.safetensors: ",
    }),
    parserCheck({
      name: "backbones",
      inputs: fc.oneof(mutatedBytes([backbone]), withOtherHeaders(backbone)),
      parse: (input) => decodeBackbone(input, "file.safetensors"),
      source: "file.safetensors: ",
    }),
    stateCheck(),
  ];
}

/** Training states, sealed again after the change, so that what is behind the checksum is reached. */
function stateCheck(): ParserCheck {
  const study = tinyStudy();
  const identity: RunIdentity = {
    study: trainedStudy(study),
    model: tinyModel,
    seed: 1,
    engine: "wasm",
    data: "hash",
    start: null,
    out: "/out",
  };
  const plan = { steps: 80, imagesPerStep: 2, schedule: study.schedule };
  const point = { loss: 1, classLoss: 0.5, boxLoss: 0.5, learningRate: 0.01 };
  const { snapshot, ...progress }: TrainingState = {
    snapshot: { step: 3, vectors: new Map([["parameters", Float32Array.of(1, 2, 3)]]) },
    curve: [1, 2, 3].map((step) => ({ step, imagesSeen: 2 * step, ...point })),
    since: [],
    losses: [1, 1, 1],
    periods: [{ fromStep: 0, schedule: study.schedule }],
    started: "2026-01-01T00:00:00.000Z",
    trainingSeconds: 1,
    waitedSeconds: 0.5,
  };
  const values = snapshot.vectors.get("parameters")!;
  const tensors = new Map([["parameters", { shape: [3], values }]]);
  const whole = { step: 3, ...progress };
  // The identity is most of a state, and compared as a whole: half of the changes are in the rest.
  const anyState = fc.oneof(
    mutated([{ identity, progress: whole }]),
    mutated([whole]).map((changed) => ({ identity, progress: changed })),
  );
  const states = anyState.map((state) => {
    const { identity: saved, progress: come } = Object(state);
    const bytes = encodeSafetensors(
      {
        tensors,
        metadata: {
          format: "2",
          checksum: "0".repeat(64),
          identity: JSON.stringify(saved) ?? "",
          progress: JSON.stringify(come) ?? "",
        },
      },
      "F32",
    );
    seal(bytes);
    return bytes;
  });
  const path = join(mkdtempSync(join(tmpdir(), "fuzz-")), "state.safetensors");
  return parserCheck({
    name: "training states",
    inputs: states,
    parse: (input) => {
      writeFileSync(path, input);
      return readState(path, "tiny-seed1", identity, plan);
    },
    source: path,
  });
}

/** The file with its header's JSON changed, and the length before it corrected. */
function withOtherHeaders(file: Uint8Array): fc.Arbitrary<Uint8Array> {
  const length = Number(new DataView(file.buffer, file.byteOffset).getBigUint64(0, true));
  const header = JSON.parse(Buffer.from(file.subarray(8, 8 + length)).toString());
  const { model, classes, preprocessing, ...others } = header.__metadata__;
  const parsed = [model, classes, preprocessing].map((text) =>
    text === undefined ? undefined : JSON.parse(text),
  );
  const [first, second, third] = parsed;
  const metadata = fc
    .record({ model: mutated([first]), classes: mutated([second ?? []]), preprocessing: mutated([third]) })
    .map((changed) => ({
      ...header,
      __metadata__: {
        ...others,
        ...Object.fromEntries(
          Object.entries(changed).map(([key, value]) => [key, JSON.stringify(value) ?? ""]),
        ),
      },
    }));
  return fc.oneof(mutated([header]), metadata).map((changed) => {
    const json = Buffer.from(JSON.stringify(changed) ?? "");
    const start = Buffer.alloc(8);
    start.writeBigUInt64LE(BigInt(json.length));
    return Buffer.concat([start, json, file.subarray(8 + length)]);
  });
}
