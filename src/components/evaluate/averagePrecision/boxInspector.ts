import { create } from "d3";
import {
  type BoxRef,
  boxOf,
  fitted,
  isFull,
  withBox,
  withCategory,
  withMark,
  without,
  withScore,
} from "./boxEdits.js";
import { exampleCategories, type ObjectMark, objectMarks } from "./example.js";
import type { ApShown, ApStore } from "./store.js";
import { boxName, objectText, outcomesByDetection, reasonText, verdictText } from "./words.js";

export interface BoxInspector {
  readonly element: HTMLElement;
  show(shown: ApShown): void;
}

const markWords: Readonly<Record<ObjectMark, string>> = {
  counted: "one object",
  crowd: "a crowd",
  ignored: "ignored",
};

const sides = ["x", "y", "width", "height"] as const;

/** The chosen box in numbers, each of which can be changed, and buttons to add boxes. */
export function boxInspector(store: ApStore, add: (kind: BoxRef["kind"]) => void): BoxInspector {
  const element = create("div").attr("class", "box-inspector").attr("role", "group");
  element.attr("aria-label", "The chosen box");
  const name = element.append("p").attr("class", "box-name");

  const buttons = element.append("div").attr("class", "box-buttons");
  const addDetection = buttons
    .append("button")
    .text("Add a detection")
    .on("click", () => add("detection"));
  const addObject = buttons
    .append("button")
    .text("Add an object")
    .on("click", () => add("object"));
  const remove = buttons
    .append("button")
    .text("Remove")
    .on("click", () => {
      const { selected, example } = store.shown;
      if (selected !== null) store.edit(without(example, selected), null, null);
    });
  const enable = (button: typeof remove, isEnabled: boolean) =>
    // Not disabled: a button that is loses the keyboard's place.
    button.attr("aria-disabled", String(!isEnabled));

  const fields = element.append("div").attr("class", "box-fields");
  const score = fields.append("label").attr("class", "box-score");
  const scoreText = score.append("span").text("Score ").append("b");
  const slider = score
    .append("input")
    .attr("type", "range")
    .attr("min", 0)
    .attr("max", 1)
    .attr("step", 0.01)
    .on("input", () => {
      const { selected, example } = store.shown;
      if (selected?.kind !== "detection") return;
      store.edit(withScore(example, selected.index, slider.property("valueAsNumber")), "score-slider");
    });

  const mark = fields.append("label").text("Counts as ");
  const markSelect = mark.append("select").on("change", () => {
    const { selected, example } = store.shown;
    const chosen = objectMarks[markSelect.property("selectedIndex")];
    if (selected?.kind === "object" && chosen !== undefined) {
      store.edit(withMark(example, selected.index, chosen), null);
    }
  });
  for (const each of objectMarks) markSelect.append("option").text(markWords[each]);

  const category = fields.append("label").text("Class ");
  const categorySelect = category.append("select").on("change", () => {
    const { selected, example } = store.shown;
    const chosen: number = categorySelect.property("selectedIndex");
    if (selected === null) return;
    if (isFull(example, selected.kind, chosen) && selected.kind === "object") {
      categorySelect.property("selectedIndex", boxOf(example, selected).category);
      return;
    }
    store.edit(withCategory(example, selected, chosen), null);
    store.look({ category: chosen });
  });
  for (const each of exampleCategories) categorySelect.append("option").text(each);

  const places = fields.append("div").attr("class", "box-place");
  const placeInputs = sides.map((side, place) => {
    const label = places.append("label").text(`${side} `);
    const input = label.append("input").attr("type", "number").attr("min", 0).attr("step", 1);
    input.on("change", () => {
      const { selected, example } = store.shown;
      if (selected === null) return;
      const value: number = input.property("valueAsNumber");
      const { bbox } = boxOf(example, selected);
      if (Number.isFinite(value)) {
        const [x, y, width, height] = bbox.map((old, i) => (i === place ? value : old));
        store.edit(withBox(example, selected, fitted([x!, y!, width!, height!])), null);
      } else input.property("value", bbox[place]);
    });
    return input;
  });

  return {
    element: element.node()!,
    show(shown) {
      const { example, selected, view } = shown;
      const box = selected === null ? null : boxOf(example, selected);
      name.text(selected === null ? "No box is chosen." : aboutBox(shown, selected));
      const detection = selected?.kind === "detection" ? example.detections[selected.index]! : null;
      const object = selected?.kind === "object" ? example.objects[selected.index]! : null;
      score.classed("absent", object !== null);
      mark.classed("absent", object === null);
      slider.property("value", detection?.score ?? 0.5).property("disabled", detection === null);
      scoreText.text(detection === null ? "" : detection.score.toFixed(2));
      markSelect
        .property("selectedIndex", objectMarks.indexOf(object?.mark ?? "counted"))
        .property("disabled", object === null);
      categorySelect
        .property("selectedIndex", box?.category ?? view.category)
        .property("disabled", box === null);
      placeInputs.forEach((input, place) => {
        input.property("value", box?.bbox[place] ?? "").property("disabled", box === null);
      });
      enable(remove, box !== null);
      enable(addDetection, !isFull(example, "detection", view.category));
      enable(addObject, !isFull(example, "object", view.category));
    },
  };
}

function aboutBox(shown: ApShown, box: BoxRef): string {
  if (box.kind === "object") return `${boxName(shown, box)}: ${objectText(shown, box.index)}`;
  const outcome = outcomesByDetection(shown).get(box.index);
  if (outcome === undefined) return boxName(shown, box);
  const overlap = outcome.object === null ? "" : `, IoU ${outcome.iou.toFixed(2)}`;
  return `${boxName(shown, box)}: ${verdictText(outcome.verdict)}, ${reasonText(shown, outcome)}${overlap}`;
}
