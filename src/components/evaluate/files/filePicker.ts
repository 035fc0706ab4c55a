import { create } from "d3";
import { shownText } from "../../../text/shownText.js";
import { fileButton } from "../../page/fileButton.js";
import { receiveDrops } from "../../page/fileDrop.js";
import type { EvaluationPart, Place } from "./session.js";

interface FilePickerOptions {
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
  { place: 1, title: "Results to compare", hint: "optional: of the same images" },
];

/** The places for files: open one for each, or drop some anywhere. */
export function filePicker({ target, given, removed }: FilePickerOptions): EvaluationPart {
  const list = create("ul").attr("class", "evaluation-places");
  const shown = places.map(({ place, title, hint }) => {
    const item = list.append("li");
    item.append("h3").text(title);
    const name = item.append("p").attr("class", "file-name");
    const note = item.append("p").attr("class", "small");
    const row = item.append("div").attr("class", "evaluation-controls");
    const button = fileButton("", {
      accept: ".json,application/json",
      opened: (files) => given(files, place),
    });
    row.append(() => button.element);
    const remove = row.append("button").attr("type", "button").text("Remove");
    remove.on("click", () => {
      removed(place);
      // The button is gone, and the focus must not be lost with it.
      button.focus();
    });
    return { place, title, hint, name, note, button, remove };
  });
  receiveDrops(target, (files) => given(files));
  return {
    element: list.node()!,
    show({ groundTruth, results }) {
      for (const { place, title, hint, name, note, button, remove } of shown) {
        const file = place === "annotations" ? groundTruth : (results[place]?.file ?? null);
        name.text(shownText(file?.name ?? ""));
        note.text(file === null ? hint : sizeWords(file.file.size));
        button.text(`Open ${file === null ? "" : "other "}${title.toLowerCase()} …`);
        remove.attr("hidden", file === null ? "" : null).attr("aria-label", `Remove ${title.toLowerCase()}`);
      }
    },
  };
}

function sizeWords(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  return bytes < 1e6 ? `${(bytes / 1000).toFixed(0)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
