import type { Description } from "../../../architecture/costs/description.js";
import { quantity } from "../../tables/quantity.js";
import { costShares } from "./costPanel.js";

/** Where a network's multiply-adds go, in sentences, beside another's. */
export function costWords(network: Description, beside: Description): string {
  return [sentences(network), ...(network.model === beside.model ? [] : [sentences(beside)])].join(" ");
}

function sentences(network: Description): string {
  const { model, multiplyAdds, size, connections, family } = network;
  const shares = costShares(network);
  const share = (part: number): string => `${((100 * part) / multiplyAdds).toFixed(0)}%`;
  const resampled = connections.filter(({ operations }) => operations.length > 0).length;
  const how =
    resampled > 0
      ? `The resampling of ${resampled === 1 ? "one connection" : `all ${resampled} connections`} is ${share(shares.resampling)} of that`
      : family === "resnet"
        ? `Nothing is resampled; the feature pyramid is ${share(shares.pyramid)} of that`
        : `Nothing is resampled`;
  return (
    `${model} takes ${quantity(multiplyAdds)} multiply-adds at ${size.join("×")} pixels. ` +
    `${how}, its blocks are ${share(shares.blocks)}, and the head is ${share(shares.head)}.`
  );
}
