import { create } from "d3";
import { boxOf, fitted, isFull, withBox, withCategory, withMark, withScore } from "./boxEdits.js";
import { exampleCategories, type ObjectMark, objectMarks } from "./example.js";
import type { ApStore } from "./store.js";

/** The chosen detection's score. */
export function scoreField(store: ApStore): HTMLElement {
  const label = create("label").attr("class", "box-score");
  const text = label.append("span").text("Score ").append("b");
  const slider = label
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
  store.follow(({ example, selected }) => {
    const score = selected?.kind === "detection" ? example.detections[selected.index]!.score : null;
    label.classed("absent", selected?.kind === "object");
    slider.property("value", score ?? 0.5).property("disabled", score === null);
    text.text(score === null ? "" : score.toFixed(2));
  });
  return label.node()!;
}

const markWords: Readonly<Record<ObjectMark, string>> = {
  counted: "one object",
  crowd: "a crowd",
  ignored: "ignored",
};

/** What the chosen object counts as. */
export function markField(store: ApStore): HTMLElement {
  const label = create("label").text("Counts as ");
  const select = label.append("select").on("change", () => {
    const { selected, example } = store.shown;
    const mark = objectMarks[select.property("selectedIndex")];
    if (selected?.kind === "object" && mark !== undefined) {
      store.edit(withMark(example, selected.index, mark), null);
    }
  });
  for (const mark of objectMarks) select.append("option").text(markWords[mark]);
  store.follow(({ example, selected }) => {
    const object = selected?.kind === "object" ? example.objects[selected.index]! : null;
    label.classed("absent", object === null);
    select
      .property("selectedIndex", objectMarks.indexOf(object?.mark ?? "counted"))
      .property("disabled", object === null);
  });
  return label.node()!;
}

/** The chosen box's class. */
export function categoryField(store: ApStore): HTMLElement {
  const label = create("label").text("Class ");
  const select = label.append("select").on("change", () => {
    const { selected, example } = store.shown;
    const category: number = select.property("selectedIndex");
    if (selected === null) return;
    if (isFull(example, selected.kind, category) && selected.kind === "object") {
      select.property("selectedIndex", boxOf(example, selected).category);
      return;
    }
    store.edit(withCategory(example, selected, category), null);
    store.look({ category });
  });
  for (const name of exampleCategories) select.append("option").text(name);
  store.follow(({ example, selected, view }) => {
    select
      .property("selectedIndex", selected === null ? view.category : boxOf(example, selected).category)
      .property("disabled", selected === null);
  });
  return label.node()!;
}

/** The chosen box's place and size, in pixels of its image. */
export function placeFields(store: ApStore): HTMLElement {
  const places = create("div").attr("class", "box-place");
  ["x", "y", "width", "height"].forEach((side, place) => {
    const label = places.append("label").text(`${side} `);
    const input = label.append("input").attr("type", "number").attr("min", 0).attr("step", 1);
    input.on("change", () => {
      const { selected, example } = store.shown;
      if (selected === null) return;
      const value: number = input.property("valueAsNumber");
      const { bbox } = boxOf(example, selected);
      if (!Number.isFinite(value)) return input.property("value", bbox[place]);
      const [x, y, width, height] = bbox.map((old, i) => (i === place ? value : old));
      store.edit(withBox(example, selected, fitted([x!, y!, width!, height!])), null);
    });
    store.follow(({ example, selected }) => {
      const bbox = selected === null ? null : boxOf(example, selected).bbox;
      input.property("value", bbox?.[place] ?? "").property("disabled", bbox === null);
    });
  });
  return places.node()!;
}
