import { html } from "htl";
import { type PresetName, presetByName, presetNames } from "../../../architecture/families/presets.js";
import { playSeries } from "../playSeries.js";
import type { PermuteSession } from "../session/session.js";
import { presetMenu } from "./toolbar.js";

interface PresetPicker {
  readonly node: HTMLElement;
  /** Marks the preset that is shown or was edited, and whether the series is playing. */
  show(): void;
}

/** From the scale-decreasing network to SpineNet (Table 3 of the paper), those whose graphs the paper prints. */
const series = ["resnet-50-fpn", "r23-sp30", "r0-sp53", "spinenet-49"] as const satisfies PresetName[];

const rows: readonly {
  readonly label: string;
  readonly names: readonly PresetName[];
  readonly arrows?: boolean;
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
export function presetPicker(session: PermuteSession): PresetPicker {
  const open = (name: PresetName): void => session.open(presetByName(name), name);
  const player = playSeries(series, open, () => show());
  const choose = (name: PresetName): void => {
    player.stop();
    open(name);
  };
  const play = html`<button type="button" class="play" ${{ onclick: () => player.toggle() }}></button>`;
  const buttons = new Map(
    rows
      .flatMap(({ names }) => names)
      .map((name) => {
        const text = shortNames[name] ?? presetByName(name).name;
        return [name, html`<button type="button" ${{ onclick: () => choose(name) }}>${text}</button>`];
      }),
  );
  const row = ({ label, names, arrows = false }: (typeof rows)[number]): HTMLElement => {
    const arrow = (index: number) =>
      arrows && index > 0 ? html`<span class="arrow" aria-hidden="true">→</span>` : null;
    return html`<div class="presets" role="group" aria-label=${label}>
      <span class="label" aria-hidden="true">${label}</span>
      <span class="names">${names.flatMap((name, index) => [arrow(index), buttons.get(name)])}${arrows ? play : null}</span>
    </div>`;
  };
  const others = presetNames.filter((name) => !buttons.has(name));
  const menu = presetMenu("choose…", others, (name) => name !== null && choose(name));
  menu.setAttribute("aria-label", "Other networks");
  const show = (): void => {
    const { preset, edited } = session.network;
    for (const [name, button] of buttons) {
      button.setAttribute("aria-pressed", String(name === preset && !edited));
      button.classList.toggle("edited", name === preset && edited);
    }
    menu.value = others.includes(preset) ? preset : "";
    const { playing } = player;
    play.textContent = playing ? "Stop" : "Play";
    play.setAttribute(
      "aria-label",
      playing ? "Stop the series" : "Play the series from ResNet-50-FPN to SpineNet-49",
    );
  };
  return {
    node: html`<div class="preset-picker">
      ${rows.map(row)}
      <label class="presets"><span class="label">Others</span>${menu}</label>
    </div>`,
    show,
  };
}
