import { html } from "htl";

/** What keys do in the drawing. */
const help: readonly (readonly [keys: readonly string[], does: string])[] = [
  [["Arrows", "Home", "End"], "go from block to block"],
  [
    ["Enter"],
    "lifts a block; then arrows move it in order and level, Enter puts it down and Escape puts it back",
  ],
  [
    ["C"],
    "takes a block’s first connection in hand, and pressed again its other one; then arrows point it at the earlier blocks one by one, Enter connects it, Delete removes it and Escape leaves it as it was",
  ],
  [["Delete"], "removes a block"],
  [["Ctrl+Z", "Ctrl+Shift+Z"], "undo and redo"],
  [
    ["Escape"],
    "puts back what is in hand, deselects the chosen block, and returns from the controls below to the drawing",
  ],
];

/** What keys and handles do in the drawing, folded until it is asked for. */
export function permuteKeyHelp(): HTMLElement {
  return html`<details class="permute-keys">
    <summary>Keys and handles</summary>
    <p>The chosen block has a round handle on each of its connections, near the block that it reads. Drag a handle to another block, or tap one and then the other, to read that block instead; the other connection stays. A handle with a plus is a connection that is not used yet.</p>
    <dl>${help.map(
      ([keys, does]) =>
        html.fragment`<dt>${keys.flatMap((key, index) => [
          index > 0 ? html`<span> </span>` : null,
          html`<kbd>${key}</kbd>`,
        ])}</dt><dd>${does}</dd>`,
    )}</dl>
  </details>`;
}
