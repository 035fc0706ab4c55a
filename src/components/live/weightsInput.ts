import { create } from "d3";
import type { LiveWeights } from "../../pageData/live.js";
import { shownText } from "../../text/shownText.js";
import { fileButton } from "../page/fileButton.js";
import { receiveDrops } from "../page/fileDrop.js";
import { aboutWeights } from "./weights.js";

interface WeightsInput {
  readonly element: HTMLElement;
  /** Marks the weights in use: an id of the offered ones, or a file of the reader's own. */
  show(used: { readonly id: string } | OwnWeights | null): void;
}

export interface OwnWeights {
  /** Its name. */
  readonly file: string;
  readonly about: string;
}

interface WeightsInputOptions {
  readonly offered: readonly LiveWeights[];
  /** What to type to train some, shown while none are offered. */
  readonly command: string;
  readonly chosen: (weights: LiveWeights) => void;
  /** A weights file, or the files of a TensorFlow checkpoint. */
  readonly given: (files: readonly File[]) => void;
}

/** A menu of the weights that come with the site, and ways to use one's own: open files, or drop them. */
export function weightsInput({ offered, command, chosen, given }: WeightsInputOptions): WeightsInput {
  const box = create("div").attr("class", "weights-input");
  const menu = box.append("label").text("Weights ").append("select").attr("name", "model");
  menu
    .selectAll("option")
    .data(offered)
    .join("option")
    .attr("value", ({ id }) => id)
    .text(({ title }) => shownText(title));
  const about = box.append("p").attr("class", "small");
  const button = fileButton(offered.length === 0 ? "Open weights …" : "Open other weights …", {
    accept: ".safetensors,.index,.data-00000-of-00001",
    multiple: true,
    opened: given,
  });
  box.append(() => button.element);
  receiveDrops(box.node()!, given);

  menu.on("change", () => {
    const found = offered.find(({ id }) => id === menu.property("value"));
    if (found) chosen(found);
  });
  if (offered.length === 0) {
    menu.append("option").text("none come with the site yet");
    menu.attr("disabled", "");
  }

  return {
    element: box.node()!,
    show(used) {
      menu.selectAll(".own").remove();
      about.text("");
      if (used === null) {
        if (offered.length > 0) return;
        about.text("This command trains some, which the next build offers: ");
        about.append("code").text(command);
        return;
      }
      if ("file" in used) {
        menu.attr("disabled", offered.length === 0 ? "" : null);
        menu.append("option").attr("class", "own").attr("value", "").text(shownText(used.file));
        menu.property("value", "");
        about.text(used.about);
        return;
      }
      const found = offered.find(({ id }) => id === used.id);
      if (!found) return;
      menu.property("value", found.id);
      about.text(aboutWeights(found));
      if (found.measured !== null) about.attr("title", found.measured.source);
    },
  };
}
