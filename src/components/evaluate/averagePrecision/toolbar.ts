import { create } from "d3";
import { type ApPreset, apPresets } from "./presets.js";
import type { ApShown, ApStore } from "./store.js";

export interface ToolbarOptions {
  /** Copies the page's whole address to the clipboard. */
  readonly copyLink: () => Promise<void>;
  readonly said: (text: string) => void;
}

/** The examples to choose from; what the chosen one is there for; undo, redo and a link to copy. */
export function toolbar(store: ApStore, { copyLink, said }: ToolbarOptions): HTMLElement[] {
  const presets = create("div").attr("class", "ap-presets").attr("role", "group");
  presets.attr("aria-label", "Examples");
  const presetButtons = presets
    .selectAll("button")
    .data(apPresets)
    .join("button")
    .text(({ title }) => title)
    .on("click", (_, preset) => store.replace(preset));

  const bar = create("div").attr("class", "ap-bar");
  const remark = bar.append("p").attr("class", "ap-remark");
  const actions = bar.append("div").attr("class", "ap-actions");
  const button = (text: string, pressed: () => void) =>
    actions.append("button").text(text).on("click", pressed);
  const undo = button("Undo", store.undo);
  const redo = button("Redo", store.redo);
  const copy = button("Copy link", () => {
    copyLink().then(
      () => copied("The link is copied."),
      () => copied("The browser does not let the page copy; the link is in the address bar."),
    );
  });
  const copied = (text: string) => {
    copy.attr("title", text);
    remark.text(text);
    said(text);
  };

  store.follow((shown) => {
    // Not disabled: a disabled button loses the focus.
    undo.attr("aria-disabled", String(!shown.canUndo));
    redo.attr("aria-disabled", String(!shown.canRedo));
    const preset = presetOf(shown);
    presetButtons.attr("aria-pressed", (entry) => String(entry === preset));
    remark.text(preset?.remark ?? "An example of your own.");
  });
  return [presets.node()!, bar.node()!];
}

function presetOf({ example }: ApShown): ApPreset | undefined {
  return apPresets.find((preset) => preset.example === example);
}
