import { modelByName } from "../../src/architecture/families/modelByName.js";
import { layersOf } from "../../src/architecture/layers/layersOf.js";
import { tensorsOf } from "../../src/architecture/layers/tensors.js";
import { initialValues } from "../../src/network/initialise.js";
import { savedTensors, savedVariables } from "../checkpoints/tensorflow/conversion/modelGardenCheckpoint.js";
import { writeCheckpoint } from "../checkpoints/tensorflow/writeCheckpoint.js";

/** The files of an untrained narrow SpineNet-49 as the Model Garden saves it, the index first; for opening in a page. */
export function tinyCheckpoint() {
  const options = { width: 0.07, endpoints: 4, headFilters: 4, headConvolutions: 1, classes: 3 };
  const model = modelByName("spinenet-49", options);
  const variables = savedVariables(model, initialValues(tensorsOf(layersOf(model)), 5));
  return [...writeCheckpoint(savedTensors(variables), { snappy: true })].map(([name, bytes]) => ({
    name: name.replace("model", "tiny"),
    mimeType: "application/octet-stream",
    buffer: Buffer.from(bytes),
  }));
}
