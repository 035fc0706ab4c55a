import { expect, vi } from "vitest";
import { permute } from "../../../src/components/permute/permute.js";
import { document } from "../../dom.js";
import { fakeAddress } from "../page/state/fakeAddress.js";

export type Instrument = ReturnType<typeof permute>;

const published = {
  "spinenet-49": {
    model: "SpineNet-49",
    multiplyAddsB: 85.4,
    parametersM: 28.5,
    AP: 42.8,
    measured: "COCO test-dev, protocol B",
    source: "Table 2",
  },
};

/** The queries that the open instrument wrote; one that was open before has its own. */
let queries: readonly string[] = [];

/** An instrument alone in the page, 960 pixels wide. */
export function open(query = ""): Instrument {
  const address = fakeAddress(query);
  queries = address.written;
  const instrument = permute({ address, width: 960, published });
  document.body.replaceChildren(instrument);
  return instrument;
}

export const option = (instrument: Instrument, id: number): SVGElement =>
  instrument.querySelector<SVGElement>(`[role=option][data-id="${id}"]`)!;

export const status = (instrument: Instrument): string =>
  instrument.querySelector("[role=status]")?.textContent ?? "";

/** The button for what a refusal offers. */
export const offer = (instrument: Instrument): HTMLButtonElement =>
  instrument.querySelector<HTMLButtonElement>(".status-line button")!;

export const costs = (instrument: Instrument): string =>
  instrument.querySelector(".cost-panel")?.textContent ?? "";

/** A block's cells in the table: number, level, kind, shape, from, parameters, multiply-adds, output. */
export const row = (instrument: Instrument, id: number): string[] =>
  [...instrument.querySelectorAll(`.block-table tr[data-id="${id}"] > *`)].map(
    ({ textContent }) => textContent ?? "",
  );

export function button(instrument: Instrument, name: string): HTMLButtonElement {
  const found = [...instrument.querySelectorAll("button")].find(
    (one) => one.getAttribute("aria-label") === name || one.textContent === name,
  );
  if (!found) throw new Error(`no button is called "${name}"`);
  return found;
}

export const menu = (instrument: Instrument, name: string): HTMLSelectElement =>
  instrument.querySelector<HTMLSelectElement>(`select[aria-label="${name}"]`)!;

export function choose(select: HTMLSelectElement, value: string): void {
  select.value = value;
  select.dispatchEvent(new Event("change"));
}

/** Presses a key where focus is. */
export function press(key: string, init: KeyboardEventInit = {}): void {
  document.activeElement?.dispatchEvent(
    new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...init }),
  );
}

export function pointer(target: Element, type: string, clientX: number, clientY: number): void {
  target.dispatchEvent(
    new MouseEvent(type, { bubbles: true, cancelable: true, clientX, clientY, button: 0 }),
  );
}

/** Where a part of the drawing stands, in the drawing's pixels, which are the page's here. */
export function centreOf(part: Element): [x: number, y: number] {
  const [, x, y] = /translate\(([\d.]+),([\d.]+)\)/.exec(part.getAttribute("transform") ?? "") ?? [];
  return [Number(x), Number(y)];
}

/** Waits until the address last written matches. */
export async function addressed(expected: RegExp): Promise<void> {
  await eventually(() => expect(queries.at(-1)).toMatch(expected));
}

/** Long enough for a morph after an edit, or the address. */
export const settled = () => new Promise((resolve) => setTimeout(resolve, 400));

/** Waits until something holds that frames bring about; a busy computer takes its time. */
export async function eventually(holds: () => void): Promise<void> {
  await vi.waitFor(holds, { timeout: 10_000 });
}
