import { costTree, pathTo } from "../../architecture/costs/costTree.js";
import { type ModelName, modelByName } from "../../architecture/families/modelByName.js";
import { shownText } from "../../text/shownText.js";
import type { UrlState } from "../page/state/urlState.js";
import { icicle } from "./icicle/icicle.js";
import type { ScaleState } from "./urlState.js";

interface NetworkIcicle {
  /** What the page's state asks for and the network lacks, one sentence each. */
  readonly notes: readonly string[];
  draw(width: number): HTMLElement;
}

/** A network's icicle that reads and updates the page's state. If the network lacks the open part, it is closed. */
export function networkIcicle(name: ModelName, state: UrlState<ScaleState>): NetworkIcicle {
  const tree = costTree(modelByName(name));
  const { open } = state.value;
  const gone = open !== null && pathTo(tree, open).length === 0;
  if (gone) state.set({ open: null });
  return {
    notes: gone ? [`${tree.name} has no part “${shownText(open)}”; the whole network is shown.`] : [],
    draw: (width) =>
      icicle(tree, {
        width,
        by: state.value.by,
        open: state.value.open ?? tree.id,
        changed: ({ by, open }) => state.set({ by, open: open === tree.id ? null : open }),
      }),
  };
}
