import { numberedPlace, type Place, placeOf } from "./place.js";

/**
 * Where a variable of TensorFlow 2's Model Garden belongs, by the full name in the object graph; null if it is none of
 * a backbone's, a feature pyramid's or a head's that we have.
 *
 * Full names count layers in the order of creation: `conv2d_12/kernel`, `bottleneck_block_3/conv2d_1/kernel`,
 * `retina_net_head/classnet-conv_0/kernel`.
 */
export function modelGardenPlace(fullName: string): Place | null {
  const segments = fullName.replace(/:\d+$/, "").split("/");
  const ending = segments.pop() ?? "";
  const layer = segments.at(-1) ?? "";
  const block = blockGroup(segments.slice(0, -1));
  if (block !== null) return numberedPlace(block, layer, ending);
  const named = headPlace(layer, ending) ?? pyramidPlace(layer, ending);
  if (named) return named;
  if (segments.length !== 1) return null;
  if (/^dense(_\d+)?$/.test(layer)) return placeOf("head/logits", ending);
  return numberedPlace("backbone", layer, ending);
}

const blockPattern = /^(bottleneck|residual|inverted_bottleneck)_block(?:_(\d+))?$/;

/** The group names the block by its number, which {@link rankBlocks} replaces. */
function blockGroup(scopes: readonly string[]): string | null {
  const at = scopes.findIndex((scope) => blockPattern.test(scope));
  const [, kind, number = "0"] = blockPattern.exec(scopes[at] ?? "") ?? [];
  if (kind === undefined) return null;
  const squeeze = scopes[at + 1]?.startsWith("squeeze_excitation") ? "/squeeze" : "";
  return `${kind === "inverted_bottleneck" ? "mbconv" : kind}#${number}${squeeze}`;
}

/** Places with the blocks of each kind numbered from 0, in order of creation. */
export function rankBlocks(places: readonly (Place | null)[]): (Place | null)[] {
  const numbers = new Map<string, Set<number>>();
  const parsed = places.map((place) => /^(\w+)#(\d+)(.*)$/.exec(place?.group ?? ""));
  for (const match of parsed) {
    if (match) numbers.set(match[1]!, (numbers.get(match[1]!) ?? new Set()).add(Number(match[2])));
  }
  const ranks = new Map(
    [...numbers].map(([kind, found]) => [kind, [...found].sort((a, b) => a - b)] as const),
  );
  return places.map((place, index) => {
    const match = parsed[index];
    if (!place || !match) return place;
    const rank = ranks.get(match[1]!)!.indexOf(Number(match[2]));
    return { ...place, group: `${match[1]}${rank}${match[3]}` };
  });
}

function headPlace(layer: string, ending: string): Place | null {
  const [, branch, norm, first, second] = /^(class|box)net-conv(-norm)?_(\d+)(?:_(\d+))?$/.exec(layer) ?? [];
  if (branch !== undefined) {
    return norm === undefined
      ? placeOf(`head/${branch}/${first}`, ending)
      : placeOf(`head/${branch}/${second}/level${first}`, ending);
  }
  if (layer === "scores") return placeOf("head/class/predict", ending);
  return layer === "boxes" ? placeOf("head/box/predict", ending) : null;
}

const pyramidKinds: Readonly<Record<string, string>> = {
  lateral: "lateral",
  post_hoc: "output",
  coarser: "coarser",
  norm: "norm",
};

function pyramidPlace(layer: string, ending: string): Place | null {
  const [, kind = "", level] = /^([a-z_]+)_(\d)$/.exec(layer) ?? [];
  const known = pyramidKinds[kind];
  return known === undefined ? null : placeOf(`pyramid/${known}${level}`, ending);
}
