import { graphOf } from "../layers/layersOf.js";
import { sizeOf, tensorsOf } from "../layers/tensors.js";
import type { Model } from "./model.js";

/** Six times SpineNet-190, the largest published one: 4 GB as float32. */
const mostParameters = 1e9;
/** Nine times SpineNet-190 at 1280 pixels. */
const mostValues = 5e10;
/** In one layer: 2 GB as float32. */
const mostInLayer = 5e8;

/**
 * Checks what a network needs as a whole: each setting may be within its bounds, and their product not. Its layers are
 * described for this, but nothing of their size is made.
 *
 * @throws Error naming the quantity, its value and the bound; or as {@link graphOf} does
 */
export function checkSize(model: Model): void {
  const { layers } = graphOf(model);
  const parameters = tensorsOf(layers).reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  if (parameters > mostParameters) {
    throw new Error(
      `it has ${inWords(parameters)} parameters; expected at most ${inWords(mostParameters)}: lower its widths, "repeats", ` +
        '"classes" or the head\'s "convolutions"',
    );
  }
  let values = 0;
  for (const { name, shape } of layers) {
    const size = sizeOf(shape);
    values += size;
    if (size > mostInLayer) {
      throw new Error(
        `its layer ${name} computes ${shape.join(" × ")} values for one image; expected at most ${inWords(mostInLayer)}: ` +
          'lower "inputSize", its widths, or the head\'s "classes" and "anchors"',
      );
    }
  }
  if (values > mostValues) {
    throw new Error(
      `its layers compute ${inWords(values)} values for one image; expected at most ${inWords(mostValues)}: lower ` +
        '"inputSize", its widths or "repeats"',
    );
  }
}

function inWords(count: number): string {
  return count < 1e9
    ? `${Math.round(count / 1e6)} million`
    : `${Number((count / 1e9).toPrecision(3))} billion`;
}
