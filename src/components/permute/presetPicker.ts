import { create } from "d3";
import {
  isPresetName,
  type PresetName,
  presetByName,
  presetNames,
} from "../../architecture/families/presets.js";

export interface PresetPickerHandlers {
  chosen(name: PresetName): void;
  /** The series is to run from its first to its last, or to stop. */
  played(): void;
}

export interface PresetPicker {
  readonly node: HTMLElement;
  /** Marks the preset that is shown, or that was edited, and whether the series runs. */
  show(state: { readonly preset: PresetName; readonly edited: boolean; readonly playing: boolean }): void;
}

/** From the scale-decreasing network to SpineNet, as the paper goes (its Table 3), those whose graphs it prints. */
export const series = ["resnet-50-fpn", "r23-sp30", "r0-sp53", "spinenet-49"] as const satisfies PresetName[];

const rows: readonly {
  readonly label: string;
  readonly names: readonly PresetName[];
  readonly arrows?: true;
}[] = [
  { label: "From ResNet to SpineNet", names: series, arrows: true },
  { label: "Scaled", names: ["spinenet-49s", "spinenet-96", "spinenet-143", "spinenet-190"] },
  { label: "R0-SP53, damaged", names: ["r0-sp53-no-short", "r0-sp53-no-long", "r0-sp53-sequential"] },
];

const shortNames: Partial<Record<PresetName, string>> = {
  "r0-sp53-no-short": "no short-range",
  "r0-sp53-no-long": "no long-range",
  "r0-sp53-sequential": "sequential",
};

/** Networks to begin with: a series that can be played, the scaled ones, damaged graphs, and a menu of the rest. */
export function presetPicker(handlers: PresetPickerHandlers): PresetPicker {
  const picker = create<HTMLElement>("div").attr("class", "preset-picker");
  const buttons = new Map<PresetName, HTMLButtonElement>();
  const play = create<HTMLButtonElement>("button").attr("type", "button").attr("class", "play");
  for (const { label, names, arrows } of rows) {
    const row = picker.append("div").attr("class", "presets").attr("role", "group").attr("aria-label", label);
    row.append("span").attr("class", "label").attr("aria-hidden", "true").text(label);
    const list = row.append("span").attr("class", "names");
    for (const [index, name] of names.entries()) {
      if (arrows && index > 0)
        list.append("span").attr("class", "arrow").attr("aria-hidden", "true").text("→");
      const button = list
        .append("button")
        .attr("type", "button")
        .text(shortNames[name] ?? presetByName(name).name)
        .on("click", () => handlers.chosen(name));
      buttons.set(name, button.node()!);
    }
    if (arrows) list.node()!.append(play.node()!);
  }
  const others = presetNames.filter((name) => !buttons.has(name));
  const menu = picker.append("label").attr("class", "presets");
  menu.append("span").attr("class", "label").text("Others");
  const select = menu.append("select").attr("aria-label", "Other networks");
  select.append("option").attr("value", "").text("choose…");
  for (const name of others) select.append("option").attr("value", name).text(presetByName(name).name);
  select.on("change", () => {
    const name = select.property("value");
    if (typeof name === "string" && isPresetName(name)) handlers.chosen(name);
  });
  play.on("click", () => handlers.played());
  return {
    node: picker.node()!,
    show({ preset, edited, playing }) {
      for (const [name, button] of buttons) {
        button.setAttribute("aria-pressed", String(name === preset && !edited));
        button.classList.toggle("edited", name === preset && edited);
      }
      select.property("value", others.includes(preset) ? preset : "");
      play.text(playing ? "Stop" : "Play");
      play.attr(
        "aria-label",
        playing ? "Stop the series" : "Play the series from ResNet-50-FPN to SpineNet-49",
      );
    },
  };
}
