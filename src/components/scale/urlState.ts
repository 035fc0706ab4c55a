import { type CostMeasure, costMeasures } from "../../architecture/costs/costShares.js";
import { choice, text } from "../page/state/parameter.js";
import { queryCodec } from "../page/state/query.js";
import { measureNames } from "./icicle/words.js";

/** The part of the page's state that is in its address. */
export interface ScaleState {
  /** As in the address; the menu reports a network that does not exist. */
  readonly model: string | null;
  readonly by: CostMeasure;
  /** The id of the open node; null for the whole network. */
  readonly open: string | null;
}

export const scaleAddress = queryCodec<ScaleState>(
  { model: null, by: "multiplyAdds", open: null },
  {
    model: text("model"),
    by: choice("by", costMeasures, (measure) => measureNames[measure]),
    open: text("open"),
  },
);
