import { create } from "d3";
import { type CostMeasure, costMeasures } from "../../../architecture/costs/shares.js";
import { type CostNode, pathTo } from "../../../architecture/costs/tree.js";
import { icicleDrawing } from "./drawing.js";
import { icicleKeys } from "./keys.js";
import { icicleTable } from "./table.js";
import { measureNames, nodeSentence } from "./words.js";

export interface IcicleState {
  /** The id of the node whose parts are shown. */
  readonly open: string;
  readonly by: CostMeasure;
}

export interface IcicleOptions extends Partial<IcicleState> {
  /** In pixels. */
  readonly width?: number;
  /** Told of each step that the reader takes. */
  readonly changed?: (state: IcicleState) => void;
}

/**
 * Where a network's cost sits, as an icicle that opens down to single layers, with a table that says the same. A part
 * opens by click or Enter; Escape, Backspace or the path above the drawing lead back; arrow keys walk the parts.
 *
 * @throws Error where no node has the id that should be open.
 */
export function icicle(
  root: CostNode,
  { width = 960, open = root.id, by = "multiplyAdds", changed }: IcicleOptions = {},
): HTMLElement {
  let path = pathTo(root, open);
  let measure = by;
  if (path.length === 0) throw new Error(`${root.name} has no part "${open}"`);

  const figure = create<HTMLElement>("figure").attr("class", "icicle wide");
  const controls = figure.append("div").attr("class", "icicle-controls");
  const way = controls.append("nav").attr("aria-label", "Opened parts").append("ol");
  const choice = controls.append("fieldset");
  choice.append("legend").attr("class", "visually-hidden").text("Heights show");
  for (const one of costMeasures) {
    const label = choice.append("label");
    label
      .append("input")
      .attr("type", "radio")
      .attr("name", "icicle-measure")
      .property("checked", one === measure)
      .on("change", () => step(path, one));
    label.append("span").text(` ${measureNames[one]}`);
  }
  const drawing = icicleDrawing(root, { width });
  figure.append(() => drawing.element);
  const detail = figure.append("p").attr("class", "icicle-detail");
  const table = figure.append("div");

  const show = (): void => {
    const node = path.at(-1)!;
    drawing.show(node, measure);
    detail.text(nodeSentence(node, root));
    table.node()!.replaceChildren(icicleTable(node, root, (id) => goTo(id, "table")));
    const items = way.selectAll("li").data(path).join("li");
    items.each(function (one) {
      const item = create("span");
      if (one === node) item.attr("aria-current", "location").text(one.name);
      else {
        item
          .append("button")
          .attr("type", "button")
          .text(one.name)
          .on("click", () => goTo(one.id, "drawing"));
      }
      if (this instanceof HTMLElement) this.replaceChildren(item.node()!);
    });
  };
  const step = (to: readonly CostNode[], by: CostMeasure): void => {
    path = to;
    measure = by;
    show();
    changed?.({ open: path.at(-1)!.id, by: measure });
  };
  const goTo = (id: string, from: "drawing" | "table"): void => {
    const [left, to] = [path.at(-1)!, pathTo(root, id)];
    step(to, measure);
    if (from === "table") {
      table.select<HTMLElement>("button, .icicle-table").node()?.focus();
      return;
    }
    // Going back, focus stays at what was open: at its nearest ancestor that is drawn.
    const back = pathTo(to.at(-1)!, left.id);
    drawing.point(back[1]?.id);
    drawing.focus();
  };

  icicleKeys(drawing, {
    opened: (id) => goTo(id, "drawing"),
    back: () => {
      const above = path.at(-2);
      if (above) goTo(above.id, "drawing");
      return above !== undefined;
    },
    looked: (node) => detail.text(nodeSentence(node ?? path.at(-1)!, root)),
  });
  show();
  return figure.node()!;
}
