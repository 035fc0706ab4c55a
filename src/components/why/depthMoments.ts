import type { Depth } from "../../architecture/graph/depthStages.js";
import type { Pointing } from "../page/pointAtEachOther.js";

/** What a word of the text points at along the depth of two networks. */
export interface DepthMoment {
  /** 0 for the one that only coarsens, 1 for the permuted one. */
  readonly network: 0 | 1;
  /** The stages it names. */
  readonly stages: readonly number[];
  /** The stage that the scrubber goes to. */
  readonly place: number;
}

export type MomentName = "decrease" | "bottom" | "apart" | "pyramid" | "plunge" | "climb" | "outputs";

/**
 * The moments that the text speaks of.
 *
 * @param decreasing a network with an FPN, whose blocks only coarsen
 * @param permuted a network whose blocks do not
 * @throws Error if one of the networks does not have this shape
 */
export function depthMoments(decreasing: Depth, permuted: Depth): Readonly<Record<MomentName, DepthMoment>> {
  const stagesWhere = (depth: Depth, holds: (index: number) => boolean): number[] =>
    depth.stages.flatMap((_, index) => (holds(index) ? [index] : []));
  const levelAt = ({ stages }: Depth, index: number): number => stages[index]!.level;
  const blocks = stagesWhere(decreasing, (index) => decreasing.stages[index]!.part === "block");
  const coarsest = Math.max(...blocks.map((index) => levelAt(decreasing, index)));
  const bottom = blocks.filter((index) => levelAt(decreasing, index) === coarsest);
  const pyramid = stagesWhere(
    decreasing,
    (index) => decreasing.stages[index]!.part === "pyramid" && levelAt(decreasing, index) <= coarsest,
  );
  const coarsestPermuted = Math.max(...permuted.stages.map(({ level }) => level));
  const plunge = permuted.stages.findIndex(({ level }) => level === coarsestPermuted);
  const climb = stagesWhere(
    permuted,
    (index) => index > 0 && levelAt(permuted, index) < levelAt(permuted, index - 1),
  );
  const outputs = stagesWhere(permuted, (index) => permuted.stages[index]!.output);
  const finest = outputs.toSorted((a, b) => levelAt(permuted, a) - levelAt(permuted, b))[0];
  const [last, end, first] = [bottom.at(-1), pyramid.at(-1), climb[0]];
  if (last === undefined || end === undefined) {
    throw new Error(
      `${decreasing.model} has no pyramid after its blocks; it should be a network with an FPN.`,
    );
  }
  if (first === undefined || finest === undefined) {
    throw new Error(
      `${permuted.model} never gets finer, or has no output; it should be a scale-permuted network.`,
    );
  }
  return {
    decrease: { network: 0, stages: blocks, place: blocks[0]! },
    bottom: { network: 0, stages: bottom, place: last },
    pyramid: { network: 0, stages: pyramid, place: end },
    plunge: { network: 1, stages: [plunge], place: plunge },
    climb: { network: 1, stages: climb, place: first },
    apart: { network: 1, stages: [finest], place: finest },
    outputs: { network: 1, stages: outputs, place: permuted.stages.length - 1 },
  };
}

/** Where each moment is drawn and tabled. */
export function momentPointing(moments: Readonly<Record<MomentName, DepthMoment>>): Pointing {
  return Object.fromEntries(
    Object.entries(moments).map(([name, { network, stages }]) => {
      const numbers = stages.map((stage) => `[data-step="${stage}"]`).join(", ");
      return [name, `:is(.depth-track .step, .depth-table tr)[data-network="${network}"]:is(${numbers})`];
    }),
  );
}
