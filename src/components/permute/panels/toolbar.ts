import { html } from "htl";
import {
  isPresetName,
  type PresetName,
  presetByName,
  presetNames,
} from "../../../architecture/families/presets.js";
import { type ExportKind, exportNetwork } from "../exportNetwork.js";
import type { PermuteSession } from "../session/session.js";

interface PermuteToolbar {
  readonly node: HTMLElement;
  /** Shows what can be done now. */
  show(): void;
}

const exports: readonly (readonly [kind: ExportKind, text: string, title: string])[] = [
  ["svg", "SVG", "Save the drawing as SVG"],
  ["png", "PNG", "Save the drawing as PNG"],
  ["json", "JSON", "Save the network as model JSON for the command line’s describe and train"],
];

/**
 * What can be done with the network as a whole: undo, compare, save, open.
 *
 * @param open called with a model JSON
 */
export function permuteToolbar(session: PermuteSession, open: (file: File) => void): PermuteToolbar {
  const button = (text: string, title: string, act: () => void): HTMLButtonElement =>
    html`<button type="button" title=${title} ${{ onclick: act }}>${text}</button>`;
  const undo = button("Undo", "Ctrl+Z", () => session.undo());
  const redo = button("Redo", "Ctrl+Shift+Z", () => session.redo());
  const reset = button("Reset", "Go back to the preset this network was made from", () => {
    const { preset } = session.network;
    session.open(presetByName(preset), preset);
  });
  const against = presetMenu("nothing", presetNames, (name) => session.compare(name));
  const save = ([kind, text, title]: (typeof exports)[number]): HTMLElement => {
    const act = (): void => {
      exportNetwork(session.network, kind).then(
        (name) => session.say(`Saved as ${name}.`),
        (error: Error) => session.say(error.message, true),
      );
    };
    return html`<button type="button" title=${title} aria-label=${title} ${{ onclick: act }}>${text}</button>`;
  };
  const file = html<HTMLInputElement>`<input type="file" accept=".json,application/json">`;
  file.addEventListener("change", () => {
    const chosen = file.files?.[0];
    if (chosen) open(chosen);
    // The same file may be opened again after it was changed.
    file.value = "";
  });
  const resolve = ({ currentTarget }: Event): void => {
    session.resolvesConflicts = currentTarget instanceof HTMLInputElement && currentTarget.checked;
  };
  return {
    node: html`<div class="permute-toolbar" role="group" aria-label="Network">
      ${undo}${redo}${reset}
      <label>Compare with ${against}</label>
      <label class="way"><input type="checkbox" ${{ onchange: resolve }}><span> Resolve conflicts automatically</span></label>
      <span class="save" role="group" aria-label="Save"><span aria-hidden="true">Save </span>${exports.map(save)}</span>
      <label class="open">Open JSON${file}</label>
    </div>`,
    show() {
      undo.disabled = !session.canUndo;
      redo.disabled = !session.canRedo;
      reset.disabled = !session.network.edited;
      against.value = session.against ?? "";
    },
  };
}

/**
 * A menu of presets.
 *
 * @param none the option for no preset
 */
export function presetMenu(
  none: string,
  names: readonly PresetName[],
  chosen: (name: PresetName | null) => void,
): HTMLSelectElement {
  const menu = html<HTMLSelectElement>`<select>
    <option value="">${none}</option>
    ${names.map((name) => html`<option value=${name}>${presetByName(name).name}</option>`)}
  </select>`;
  menu.addEventListener("change", () => chosen(isPresetName(menu.value) ? menu.value : null));
  return menu;
}
