import { create } from "d3";
import { isModelName, type ModelName, modelByName, modelNames } from "../../architecture/families/named.js";

export interface ModelSelectOptions {
  /** Chosen at first: what the page's address asks for, or whatever else. */
  readonly value?: string | null;
  /** Told of each choice, the first apart. */
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
 * A menu of the published networks. Its `value` is the chosen name; it lets "input" through when that changes. A name
 * that does not exist is said to be none, and SpineNet-49 is chosen.
 */
export function modelSelect({
  value = null,
  chosen,
}: ModelSelectOptions = {}): HTMLElement & { value: ModelName } {
  const form = create("form").attr("class", "model-select");
  const select = form.append("label").text("Network ").append("select").attr("name", "model");
  const known = value !== null && isModelName(value);
  const first = known ? value : fallback;
  for (const { label, has } of groups) {
    const group = select.append("optgroup").attr("label", label);
    for (const name of modelNames.filter(has)) {
      const option = group.append("option").attr("value", name).text(modelByName(name).name);
      if (name === first) option.attr("selected", "");
    }
  }
  const status = form.append("output");
  if (value !== null && !known) {
    status.text(`No network is called “${value}”; this is ${modelByName(fallback).name}.`);
  }
  const element = Object.assign(form.node()!, { value: first });
  // The browser's own event goes on to the form, where a listener finds the new value.
  select.on("input", () => {
    const name = select.property("value");
    if (typeof name !== "string" || !isModelName(name)) return;
    element.value = name;
    status.text("");
    chosen?.(name);
  });
  form.on("submit", (event: Event) => event.preventDefault());
  return element;
}
