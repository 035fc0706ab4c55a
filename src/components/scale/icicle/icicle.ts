import { html } from "htl";
import { type CostMeasure, costMeasures } from "../../../architecture/costs/costShares.js";
import { type CostNode, pathTo } from "../../../architecture/costs/costTree.js";
import { icicleDrawing } from "./drawing.js";
import { icicleKeys } from "./keys.js";
import { icicleTable } from "./table.js";
import { measureNames, nodeSentence } from "./words.js";

interface IcicleState {
  /** The id of the node whose parts are shown. */
  readonly open: string;
  readonly by: CostMeasure;
}

export interface IcicleOptions extends Partial<IcicleState> {
  /** In pixels. */
  readonly width?: number;
  /** Called when the reader opens a part or chooses a measure. */
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

  const way = html`<ol></ol>`;
  const radio = (one: CostMeasure): HTMLElement =>
    html`<label><input type="radio" name="icicle-measure" checked=${one === measure} ${{ onchange: () => step(path, one) }}><span> ${measureNames[one]}</span></label>`;
  const drawing = icicleDrawing(root, { width });
  const detail = html`<p class="icicle-detail"></p>`;
  const table = html`<div></div>`;
  const crumb = (node: CostNode): HTMLElement =>
    node === path.at(-1)
      ? html`<li><span aria-current="location">${node.name}</span></li>`
      : html`<li><button type="button" ${{ onclick: () => goTo(node.id, "drawing") }}>${node.name}</button></li>`;

  const show = (): void => {
    const node = path.at(-1)!;
    drawing.show(node, measure);
    detail.textContent = nodeSentence(node, root);
    table.replaceChildren(icicleTable(node, root, (id) => goTo(id, "table")));
    way.replaceChildren(...path.map(crumb));
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
      table.querySelector<HTMLElement>("button, .icicle-table")?.focus();
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
    looked: (node) => {
      detail.textContent = nodeSentence(node ?? path.at(-1)!, root);
    },
  });
  show();
  return html`<figure class="icicle wide">
    <div class="icicle-controls">
      <nav aria-label="Opened parts">${way}</nav>
      <fieldset><legend class="visually-hidden">Heights show</legend>${costMeasures.map(radio)}</fieldset>
    </div>
    ${drawing.element}${detail}${table}
  </figure>`;
}
