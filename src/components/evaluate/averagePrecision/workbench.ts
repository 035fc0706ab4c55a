import { create } from "d3";
import { moveByKeys } from "../../page/moveByKeys.js";
import type { PageAddress } from "../../page/state/address.js";
import { keptState } from "../../page/state/keptState.js";
import { whenSized } from "../../page/whenSized.js";
import { apAddress } from "./address.js";
import { boxInspector } from "./boxInspector.js";
import { boxLegend } from "./boxLegend.js";
import { apControls } from "./controls.js";
import { curveStepper } from "./curveStepper.js";
import { exampleEditor } from "./exampleEditor.js";
import { precisionRecallCurve } from "./precisionRecallCurve.js";
import { type ApPreset, apPresets } from "./presets.js";
import { rankingTable } from "./rankingTable.js";
import { type ApShown, type ApStore, apStore } from "./store.js";
import { thresholdText } from "./view.js";
import { boxSentence, fractionText } from "./words.js";

export interface ApWorkbenchOptions {
  /** The page's address, which holds the state. */
  readonly address: PageAddress;
  /** Puts the page's whole address where it can be pasted from. */
  readonly copyLink: () => Promise<void>;
  /** What each example is there for, by its id. */
  readonly remarks: Readonly<Record<string, string>>;
}

export interface ApWorkbench {
  readonly element: HTMLElement;
  readonly store: ApStore;
  photograph(address: string): void;
  /** Goes to one of the examples that are there for a point. */
  go(id: string): void;
  /** Stops what runs by itself, and follows the address no more. */
  stop(): void;
}

/** Browsers refuse addresses that change more often; in milliseconds. */
const addressDelay = 300;

/** An example to edit, what becomes of each box, the ranking and its curve, all in step. */
export function apWorkbench({ address, copyLink, remarks }: ApWorkbenchOptions): ApWorkbench {
  const state = keptState(apAddress, address, addressDelay);
  const store = apStore(state.value);
  const element = create("div").attr("class", "ap-workbench");
  const status = create("p").attr("class", "visually-hidden").attr("role", "status");
  const said = (text: string) => void status.text(text);

  const presets = element.append("div").attr("class", "ap-presets").attr("role", "group");
  presets.attr("aria-label", "Examples");
  const presetButtons = presets
    .selectAll("button")
    .data(apPresets)
    .join("button")
    .text(({ title }) => title)
    .on("click", (_, preset) => store.replace(preset));
  const bar = element.append("div").attr("class", "ap-bar");
  const remark = bar.append("p").attr("class", "ap-remark");
  const actions = bar.append("div").attr("class", "ap-actions");
  const undo = actions
    .append("button")
    .text("Undo")
    .on("click", () => store.undo());
  const redo = actions
    .append("button")
    .text("Redo")
    .on("click", () => store.redo());
  const copy = actions
    .append("button")
    .text("Copy link")
    .on("click", () => {
      state.write();
      copyLink().then(
        () => copied("The link is copied."),
        () => copied("The browser does not let the page copy; the link is in its address bar."),
      );
    });
  const copied = (text: string) => {
    copy.attr("title", text);
    remark.text(text);
    said(text);
  };
  const problem = element.append("p").attr("class", "ap-problem").attr("role", "alert");
  problem.text(state.problems.join(" "));

  const editor = exampleEditor(store, said);
  element.append(() => editor.element);
  element.append(() => boxLegend());
  const inspector = boxInspector(store, (kind) => editor.add(kind));
  element.append(() => inspector.element);

  const results = element.append("div").attr("class", "ap-results");
  const ranked = results.append("div").attr("class", "ap-ranked");
  const controls = apControls(store);
  ranked.append(() => controls.element);
  const table = rankingTable(store);
  ranked.append(() => table.element);
  const drawing = results.append("div").attr("class", "ap-curve");
  const curve = drawing.append("div").attr("class", "curve-place");
  const stepper = curveStepper(store);
  drawing.append(() => stepper.element);
  element.append(() => status.node());

  let curveWidth = 520;
  const drawCurve = ({ taken, whole, view }: ApShown) => {
    const svg = precisionRecallCurve(taken, whole, {
      width: curveWidth,
      height: Math.round(Math.min(380, Math.max(280, curveWidth * 0.72))),
      name: `AP at IoU ${thresholdText(view.threshold)}`,
    });
    curve.node()!.replaceChildren(svg);
    const points = [...svg.querySelectorAll<SVGGElement>(".curve-point")];
    const detectionOf = (point: SVGGElement) => Number(point.getAttribute("data-detection"));
    for (const point of points) {
      point.addEventListener("pointerenter", () => store.point(detectionOf(point)));
      point.addEventListener("pointerleave", () => store.point(null));
    }
    moveByKeys(points, {
      focused: (index) => store.point(detectionOf(points[index]!)),
      left: () => store.point(null),
    });
  };

  const show = (shown: ApShown) => {
    editor.show(shown);
    inspector.show(shown);
    controls.show(shown);
    table.show(shown);
    stepper.show(shown);
    drawCurve(shown);
    // Not disabled: a button that is loses the keyboard's place.
    undo.attr("aria-disabled", String(!shown.canUndo));
    redo.attr("aria-disabled", String(!shown.canRedo));
    const preset = presetOf(shown);
    presetButtons.attr("aria-pressed", (entry) => String(entry === preset));
    remark.text(preset === undefined ? "An example of your own." : (remarks[preset.id] ?? ""));
  };
  store.subscribe((shown) => {
    show(shown);
    problem.text("");
    if (shown.selected !== null) {
      said(
        `${boxSentence(shown, shown.selected)} AP at this IoU: ${fractionText(shown.whole.averagePrecision)}.`,
      );
    }
    state.keep({ example: shown.example, view: shown.view });
  });
  store.subscribePointed((detection) => {
    editor.point(detection);
    table.point(detection);
    curve.selectAll<SVGGElement, unknown>(".curve-point").classed("pointed", function () {
      return this.getAttribute("data-detection") === String(detection);
    });
  });
  element.on("keydown", (event: KeyboardEvent) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    if (event.target instanceof HTMLInputElement && event.target.type === "number") return;
    const key = event.key.toLowerCase();
    if (key !== "z" && key !== "y") return;
    event.preventDefault();
    if (key === "y" || event.shiftKey) store.redo();
    else store.undo();
    editor.keepFocus();
  });
  editor.element.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "n") editor.add("detection");
    else if (event.key === "o") editor.add("object");
    else return;
    event.preventDefault();
  });
  state.onMove((read) => {
    store.replace(read.state);
    problem.text(read.problems.join(" "));
  });
  show(store.shown);
  whenSized(curve.node()!, (width) => {
    if (width === curveWidth) return;
    curveWidth = width;
    drawCurve(store.shown);
  });

  return {
    element: element.node()!,
    store,
    photograph: (address) => editor.photograph(address),
    go(id) {
      const preset = apPresets.find((entry) => entry.id === id);
      if (preset === undefined) throw new Error(`There is no example "${id}".`);
      store.replace(preset);
    },
    stop() {
      stepper.stop();
      state.end();
    },
  };
}

function presetOf({ example }: ApShown): ApPreset | undefined {
  return apPresets.find((preset) => preset.example === example);
}
