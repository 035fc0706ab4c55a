import { type ModelName, modelByName } from "../../architecture/families/modelByName.js";
import type { Backbone, RetinaNetHead } from "../../architecture/model/model.js";
import type { ScaleData } from "../../pageData/scale.js";

/** How the networks of the family are scaled: the numbers in the page's sentences. */
export function scalingOf({ spineNet, mobile }: ScaleData) {
  const [asDescribed, asPrinted] = spineNet.filter(({ model }) => model.startsWith("SpineNet-49S"));
  if (asDescribed === undefined || asPrinted === undefined) {
    throw new Error(
      "The family should list SpineNet-49S twice: as the text describes it, and as it is printed.",
    );
  }
  const costs = spineNet.map(({ computedMultiplyAddsB }) => computedMultiplyAddsB);
  return {
    small: networkOf("spinenet-49s"),
    usual: networkOf("spinenet-49"),
    double: networkOf("spinenet-96"),
    triple: networkOf("spinenet-143"),
    large: networkOf("spinenet-190"),
    /** The largest network's multiply-adds over the smallest one's. */
    growth: Math.max(...costs) / Math.min(...costs),
    endpoints: { described: asDescribed.endpoints, printed: asPrinted.endpoints },
    /** The largest excess of a mobile network's computed parameters over the printed ones, in percent. */
    mobileExcess: Math.max(
      ...mobile.map(({ computedParametersM, parametersM }) => 100 * (computedParametersM / parametersM - 1)),
    ),
  };
}

function networkOf(name: ModelName): { readonly backbone: Backbone; readonly head: RetinaNetHead } {
  const { backbone, head } = modelByName(name);
  if (head.kind !== "retinanet") throw new Error(`${name} should have a RetinaNet head.`);
  return { backbone, head };
}
