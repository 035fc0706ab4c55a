import { create } from "d3";
import type { EvaluationState, Place } from "./session.js";

export interface EvaluationFiles {
  readonly element: HTMLElement;
  show(state: EvaluationState): void;
}

export interface EvaluationFilesOptions {
  /** Where files may be dropped. */
  readonly target: HTMLElement;
  /** @param place where a file was opened for; absent where files were dropped */
  readonly given: (files: readonly File[], place?: Place) => void;
  readonly removed: (place: Place) => void;
}

const places: readonly { readonly place: Place; readonly title: string; readonly hint: string }[] = [
  {
    place: "annotations",
    title: "Annotations",
    hint: "COCO ground truth: an object with images, annotations, categories",
  },
  { place: 0, title: "Results", hint: "COCO results: an array of image_id, category_id, bbox, score" },
  { place: 1, title: "Results to compare", hint: "if you like: of the same images" },
];

/** The places for files: open one in each, or drop some anywhere. */
export function evaluationFiles({ target, given, removed }: EvaluationFilesOptions): EvaluationFiles {
  const list = create("ul").attr("class", "evaluation-places");
  const shown = places.map(({ place, title, hint }) => {
    const item = list.append("li");
    item.append("h3").text(title);
    const name = item.append("p").attr("class", "file-name");
    const note = item.append("p").attr("class", "small");
    const row = item.append("div").attr("class", "evaluation-controls");
    const label = row.append("label").attr("class", "file-button");
    const words = label.append("span");
    const input = label
      .append("input")
      .attr("type", "file")
      .attr("accept", ".json,application/json")
      .attr("class", "visually-hidden")
      .node()!;
    input.addEventListener("change", () => {
      const files = [...(input.files ?? [])];
      if (files.length > 0) given(files, place);
      // The same file may be given again.
      input.value = "";
    });
    const remove = row.append("button").attr("type", "button").text("Remove");
    remove.on("click", () => {
      removed(place);
      // The button is gone, and the keyboard's place must not be.
      input.focus();
    });
    return { place, title, hint, name, note, words, remove };
  });
  listenForDrops(target, given);
  return {
    element: list.node()!,
    show({ groundTruth, results }) {
      for (const { place, title, hint, name, note, words, remove } of shown) {
        const file = place === "annotations" ? groundTruth : results[place];
        name.text(file?.name ?? "");
        note.text(file === null ? hint : sizeWords(file.file.size));
        words.text(`Open ${file === null ? "" : "other "}${title.toLowerCase()} …`);
        remove.attr("hidden", file === null ? "" : null).attr("aria-label", `Remove ${title.toLowerCase()}`);
      }
    },
  };
}

function sizeWords(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  return bytes < 1e6 ? `${(bytes / 1000).toFixed(0)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

function listenForDrops(target: HTMLElement, given: EvaluationFilesOptions["given"]): void {
  target.addEventListener("dragover", (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    target.classList.add("dropping");
  });
  target.addEventListener("dragleave", ({ relatedTarget }) => {
    const within = relatedTarget instanceof Node && target.contains(relatedTarget);
    if (!within) target.classList.remove("dropping");
  });
  target.addEventListener("drop", (event) => {
    target.classList.remove("dropping");
    const files = [...(event.dataTransfer?.files ?? [])];
    if (files.length === 0) return;
    event.preventDefault();
    given(files);
  });
}
