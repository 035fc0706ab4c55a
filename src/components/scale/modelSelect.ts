import { html } from "htl";
import {
  isModelName,
  type ModelName,
  modelByName,
  modelNames,
} from "../../architecture/families/modelByName.js";
import { shownText } from "../../text/shownText.js";

interface ModelSelectOptions {
  /** The first choice, for instance from the page's address. */
  readonly value?: string | null;
  /** Called on each choice except the first. */
  readonly chosen?: (name: ModelName) => void;
}

const fallback: ModelName = "spinenet-49";

const groups: readonly { readonly label: string; readonly has: (name: ModelName) => boolean }[] = [
  { label: "SpineNet", has: (name) => /^spinenet-\d/.test(name) },
  { label: "ResNet-50, permuted", has: (name) => name.includes("-sp") },
  { label: "SpineNet-Mobile", has: (name) => name.startsWith("spinenet-mobile") },
  { label: "ResNet with feature pyramid", has: (name) => name.startsWith("resnet") },
];

/**
 * A menu of the published networks. Its `value` is the chosen name; "input" bubbles when that changes. For an unknown
 * name it says so and chooses SpineNet-49.
 */
export function modelSelect({
  value = null,
  chosen,
}: ModelSelectOptions = {}): HTMLElement & { value: ModelName } {
  const isKnown = value !== null && isModelName(value);
  const first = isKnown ? value : fallback;
  const option = (name: ModelName) =>
    html`<option value=${name} selected=${name === first}>${modelByName(name).name}</option>`;
  const select = html<HTMLSelectElement>`<select name="model">${groups.map(
    ({ label, has }) => html`<optgroup label=${label}>${modelNames.filter(has).map(option)}</optgroup>`,
  )}</select>`;
  const unknown =
    value === null || isKnown
      ? ""
      : `No network is called “${shownText(value)}”; this is ${modelByName(fallback).name}.`;
  const status = html`<output>${unknown}</output>`;
  const element = Object.assign(
    html`<form class="model-select" ${{ onsubmit: (event: Event) => event.preventDefault() }}>
      <label>Network ${select}</label>${status}
    </form>`,
    { value: first },
  );
  // The browser's own event bubbles to the form, where a listener finds the new value.
  select.addEventListener("input", () => {
    if (!isModelName(select.value)) return;
    element.value = select.value;
    status.textContent = "";
    chosen?.(select.value);
  });
  return element;
}
