import { create } from "d3";
import { type BoxRef, isFull, without } from "./boxEdits.js";
import { categoryField, markField, placeFields, scoreField } from "./boxFields.js";
import type { ApShown, ApStore } from "./store.js";
import { boxName, objectText, outcomesByDetection, reasonText, verdictText } from "./words.js";

/** The chosen box in numbers, each of which can be changed, and buttons to add boxes. */
export function boxInspector(store: ApStore, add: (kind: BoxRef["kind"]) => void): HTMLElement {
  const element = create("div").attr("class", "box-inspector").attr("role", "group");
  element.attr("aria-label", "The chosen box");
  const name = element.append("p").attr("class", "box-name");
  store.follow((shown) =>
    name.text(shown.selected === null ? "No box is chosen." : aboutBox(shown, shown.selected)),
  );

  const buttons = element.append("div").attr("class", "box-buttons");
  const button = (text: string, isEnabled: (shown: ApShown) => boolean, pressed: () => void) => {
    const node = buttons.append("button").text(text).on("click", pressed);
    // Not disabled: a disabled button loses the focus.
    store.follow((shown) => node.attr("aria-disabled", String(!isEnabled(shown))));
  };
  const hasRoom =
    (kind: BoxRef["kind"]) =>
    ({ example, view }: ApShown) =>
      !isFull(example, kind, view.category);
  button("Add a detection", hasRoom("detection"), () => add("detection"));
  button("Add an object", hasRoom("object"), () => add("object"));
  button(
    "Remove",
    ({ selected }) => selected !== null,
    () => {
      const { selected, example } = store.shown;
      if (selected !== null) store.edit(without(example, selected), null, null);
    },
  );

  const fields = element.append("div").attr("class", "box-fields").node()!;
  fields.append(scoreField(store), markField(store), categoryField(store), placeFields(store));
  return element.node()!;
}

function aboutBox(shown: ApShown, box: BoxRef): string {
  if (box.kind === "object") return `${boxName(shown, box)}: ${objectText(shown, box.index)}`;
  const outcome = outcomesByDetection(shown).get(box.index);
  if (outcome === undefined) return boxName(shown, box);
  const overlap = outcome.object === null ? "" : `, IoU ${outcome.iou.toFixed(2)}`;
  return `${boxName(shown, box)}: ${verdictText(outcome.verdict)}, ${reasonText(shown, outcome)}${overlap}`;
}
