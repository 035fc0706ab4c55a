import { create } from "d3";
import {
  isPresetName,
  type PresetName,
  presetByName,
  presetNames,
} from "../../architecture/families/presets.js";

export type ExportKind = "svg" | "png" | "json";

export interface ToolbarHandlers {
  undo(): void;
  redo(): void;
  reset(): void;
  exported(kind: ExportKind): void;
  opened(file: File): void;
  against(name: PresetName | null): void;
  makeWay(on: boolean): void;
}

export interface ToolbarState {
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  readonly edited: boolean;
  readonly against: PresetName | null;
}

export interface PermuteToolbar {
  readonly node: HTMLElement;
  show(state: ToolbarState): void;
}

const exports: readonly (readonly [kind: ExportKind, text: string, title: string])[] = [
  ["svg", "SVG", "Save the drawing as SVG"],
  ["png", "PNG", "Save the drawing as PNG"],
  ["json", "JSON", "Save the network as model JSON, which the command line's describe and train read"],
];

/** What can be done with the network as a whole: undo, compare, save, open. */
export function permuteToolbar(handlers: ToolbarHandlers): PermuteToolbar {
  const bar = create<HTMLElement>("div")
    .attr("class", "permute-toolbar")
    .attr("role", "group")
    .attr("aria-label", "Network");
  const button = (text: string, title: string, act: () => void): HTMLButtonElement =>
    bar.append("button").attr("type", "button").attr("title", title).text(text).on("click", act).node()!;
  const undo = button("Undo", "Ctrl+Z", handlers.undo);
  const redo = button("Redo", "Ctrl+Shift+Z", handlers.redo);
  const reset = button("Reset", "Back to the preset that it was made from", handlers.reset);
  const against = bar.append("label").text("Compare with ").append("select");
  against.append("option").attr("value", "").text("nothing");
  for (const name of presetNames) against.append("option").attr("value", name).text(presetByName(name).name);
  against.on("change", () => {
    const name = against.property("value");
    handlers.against(typeof name === "string" && isPresetName(name) ? name : null);
  });
  const way = bar.append("label").attr("class", "way");
  const check = way.append("input").attr("type", "checkbox");
  way.append("span").text(" Make way instead of refusing");
  check.on("change", () => handlers.makeWay(check.property("checked") === true));
  const save = bar.append("span").attr("class", "save").attr("role", "group").attr("aria-label", "Save");
  save.append("span").attr("aria-hidden", "true").text("Save ");
  for (const [kind, text, title] of exports) {
    save
      .append("button")
      .attr("type", "button")
      .attr("title", title)
      .attr("aria-label", title)
      .text(text)
      .on("click", () => handlers.exported(kind));
  }
  const open = bar.append("label").attr("class", "open").text("Open JSON");
  const file = open.append("input").attr("type", "file").attr("accept", ".json,application/json");
  file.on("change", () => {
    const input = file.node()!;
    const chosen = input.files?.[0];
    if (chosen) handlers.opened(chosen);
    // The same file may be opened again after it was changed.
    input.value = "";
  });
  return {
    node: bar.node()!,
    show(state) {
      undo.disabled = !state.canUndo;
      redo.disabled = !state.canRedo;
      reset.disabled = !state.edited;
      against.property("value", state.against ?? "");
    },
  };
}
