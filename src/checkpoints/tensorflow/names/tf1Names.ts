import { numberedPlace, type Place, placeOf } from "./place.js";

/**
 * Where a variable of the authors' TF1 code (`tensorflow/tpu`, models/official/detection) belongs; null if it is none
 * of a backbone's, a feature pyramid's or a head's that we have.
 *
 * Names are of variable scopes: `spinenet/conv2d_3/kernel`, `spinenet/sub_policy2/scale_permuted_block_4/…`,
 * `retinanet/class_net/class-0-3/gamma`.
 */
export function tf1Place(name: string): Place | null {
  const segments = name.split("/");
  const ending = segments.pop() ?? "";
  const layer = segments.pop() ?? "";
  const [top = "", ...scopes] = segments;
  if (/^(spinenet(_mbconv)?|resnet\d+)$/.test(top)) {
    const group = scopes.length === 0 ? "backbone" : permutedGroup(scopes);
    return group === null ? null : numberedPlace(group, layer, ending);
  }
  if (top === "retinanet") return headPlace(layer, ending);
  if (top === "fpn") return pyramidPlace(layer, ending);
  if (top === "classification_head" && /^dense(_\d+)?$/.test(layer)) return placeOf("head/logits", ending);
  return null;
}

/** The two connections of a scale-permuted block, and the block itself, have a scope each. */
function permutedGroup([policy = "", scope = "", ...rest]: readonly string[]): string | null {
  const position = /^sub_policy(\d+)$/.exec(policy)?.[1];
  if (position === undefined || rest.length > 0) return null;
  const parent = /^resample_with_\w+_([01])$/.exec(scope)?.[1];
  if (parent !== undefined) return `permuted${position}/parent${parent}`;
  return scope.startsWith("scale_permuted_block_") ? `permuted${position}` : null;
}

function headPlace(layer: string, ending: string): Place | null {
  const [, branch, stage, level] = /^(class|box)-(\d+|predict)(?:-(\d+))?$/.exec(layer) ?? [];
  if (branch === undefined) return null;
  const group = `head/${branch}/${stage}`;
  return placeOf(level === undefined ? group : `${group}/level${level}`, ending);
}

function pyramidPlace(layer: string, ending: string): Place | null {
  const [, before, level, norm] = /^(l|post_hoc_d|p)(\d)(-bn)?$/.exec(layer) ?? [];
  if (before === undefined) return null;
  const kind = norm ? "norm" : before === "l" ? "lateral" : before === "p" ? "coarser" : "output";
  return placeOf(`pyramid/${kind}${level}`, ending);
}
