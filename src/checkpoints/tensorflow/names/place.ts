/** What a variable is to its layer, by the end of our tensors' names. */
export type Role = "kernel" | "bias" | "gamma" | "beta" | "mean" | "variance";

/**
 * Where a variable belongs, in words that both official layouts and our layers can be put into: layers of a group are
 * told apart by their order alone.
 */
export interface Place {
  /** Such as "block3/conv", "head/class/0" or "pyramid/lateral3". */
  readonly group: string;
  /** Orders the layers of a group; numbers may start anywhere and have gaps. */
  readonly number: number;
  readonly role: Role;
}

const roles: ReadonlyMap<string, Role> = new Map([
  ["kernel", "kernel"],
  ["depthwise_kernel", "kernel"],
  ["pointwise_kernel", "kernel"],
  ["bias", "bias"],
  ["gamma", "gamma"],
  ["beta", "beta"],
  ["moving_mean", "mean"],
  ["moving_variance", "variance"],
]);

/** The depthwise half of a separable convolution is a layer of ours. */
export const depthwiseEnd = "/depthwise";

/** A place in a group of one layer; null if the variable's name ends in no role. */
export function placeOf(group: string, ending: string, number = 0): Place | null {
  const role = roles.get(ending);
  if (!role) return null;
  return { group: ending === "depthwise_kernel" ? `${group}${depthwiseEnd}` : group, number, role };
}

const kinds: Readonly<Record<string, string>> = {
  conv2d: "conv",
  depthwise_conv2d: "conv",
  batch_normalization: "norm",
  sync_batch_normalization: "norm",
};

/** A place in a group of layers that TensorFlow numbered, such as "conv2d_3"; null for any other layer. */
export function numberedPlace(group: string, layer: string, ending: string): Place | null {
  const [, kind = "", number = "0"] = /^([a-z0-9_]+?)(?:_(\d+))?$/.exec(layer) ?? [];
  const known = kinds[kind];
  return known === undefined ? null : placeOf(`${group}/${known}`, ending, Number(number));
}
