import { describe, expect, it } from "vitest";
import { modelByName } from "../../../src/architecture/families/modelByName.js";
import { layersOf } from "../../../src/architecture/layers/layersOf.js";
import { tensorsOf } from "../../../src/architecture/layers/tensors.js";
import { initialValues } from "../../../src/network/initialise.js";
import { checkpointWeights } from "../../../src/workers/detection/checkpointWeights.js";
import {
  savedTensors,
  savedVariables,
} from "../../checkpoints/tensorflow/conversion/modelGardenCheckpoint.js";
import { writeCheckpoint } from "../../checkpoints/tensorflow/writeCheckpoint.js";

const options = { width: 0.07, endpoints: 4, headFilters: 4, headConvolutions: 1, classes: 3 };
const model = modelByName("spinenet-49", options);
const values = initialValues(tensorsOf(layersOf(model)), 3);
const files = [...writeCheckpoint(savedTensors(savedVariables(model, values)))].map(
  ([name, bytes]) => new File([bytes.slice()], name),
);

describe("the weights in a checkpoint's files", () => {
  it("are read in whatever order the files come", async () => {
    const weights = await checkpointWeights(files.toReversed());
    expect(weights.values).toEqual(values);
    expect(weights.classes.map(({ channel }) => channel)).toEqual([1, 2]);
  });

  it("are refused where a file is missing, or two checkpoints' are mixed", async () => {
    const [index, data] = files as [File, File];
    await expect(checkpointWeights([data])).rejects.toThrow(
      "model.data-00000-of-00001: the checkpoint's .index file is missing; give it together with its .data files.",
    );
    await expect(checkpointWeights([index])).rejects.toThrow(
      "model.index: its tensors are in model.data-00000-of-00001, which is missing",
    );
    await expect(checkpointWeights([index, data, new File([], "b.index")])).rejects.toThrow(
      "b.index: it is another checkpoint's than model.index; give the files of one checkpoint.",
    );
  });
});
