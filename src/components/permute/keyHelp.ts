import { create } from "d3";

/** Keys by what they are pressed for; those of one entry are said with "and" or "or" between them. */
const help: readonly (readonly [keys: readonly string[], does: string])[] = [
  [["Arrows", "Home", "End"], "go from block to block"],
  [
    ["Enter"],
    "lifts a block; then arrows move it in order and level, Enter puts it down and Escape puts it back",
  ],
  [
    ["C"],
    "takes the first connection of a block, and pressed again its other one; then arrows lead it through the blocks that come before, Enter sets it, Delete takes it away and Escape leaves it as it was",
  ],
  [["Delete"], "removes a block"],
  [["Ctrl+Z", "Ctrl+Shift+Z"], "undo and redo"],
  [
    ["Escape"],
    "gives up what is in hand, lets go of the chosen block, and leads from the controls below back to the drawing",
  ],
];

/** What keys do in the drawing, folded away until it is asked for. */
export function permuteKeyHelp(): HTMLElement {
  const box = create<HTMLDetailsElement>("details").attr("class", "permute-keys");
  box.append("summary").text("Keys and handles");
  box
    .append("p")
    .text(
      "The chosen block has a round handle on each of its connections, near the block that it reads. Drag a handle to another block, or tap one and then the other, to read that instead; the other connection stays. A handle with a plus is a connection that is still free.",
    );
  const list = box.append("dl");
  for (const [keys, does] of help) {
    const term = list.append("dt");
    keys.forEach((key, index) => {
      if (index > 0) term.append("span").text(" ");
      term.append("kbd").text(key);
    });
    list.append("dd").text(does);
  }
  return box.node()!;
}
