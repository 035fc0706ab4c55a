import { create } from "d3";
import type { PageAddress } from "../../page/state/pageUrl.js";
import { urlState } from "../../page/state/urlState.js";
import { boxInspector } from "./boxInspector.js";
import { boxLegend } from "./boxLegend.js";
import { apControls } from "./controls.js";
import { curveStepper } from "./curveStepper.js";
import { exampleEditor } from "./exampleEditor.js";
import { apPresets } from "./presets.js";
import { rankedCurve } from "./rankedCurve.js";
import { rankingTable } from "./rankingTable.js";
import { type ApStore, apStore } from "./store.js";
import { type ToolbarOptions, toolbar } from "./toolbar.js";
import { apAddress } from "./urlState.js";
import { boxSentence, fractionText } from "./words.js";

interface ApWorkbenchOptions extends Omit<ToolbarOptions, "said"> {
  /** The page's address, which holds the state. */
  readonly address: PageAddress;
}

export interface ApWorkbench {
  readonly element: HTMLElement;
  readonly store: ApStore;
  photograph(address: string): void;
  /** Goes to one of the examples. */
  go(id: string): void;
  /** Stops playing, and no longer follows the address. */
  stop(): void;
}

/** Browsers refuse addresses that change more often; in milliseconds. */
const addressDelay = 300;

/** An example to edit, what becomes of each box, the ranking and its curve, all in step. */
export function apWorkbench({ address, copyLink }: ApWorkbenchOptions): ApWorkbench {
  const state = urlState(apAddress, address, addressDelay);
  const store = apStore(state.value);
  const root = create("div").attr("class", "ap-workbench");
  const element = root.node()!;
  const status = create("p").attr("class", "visually-hidden").attr("role", "status");
  const said = (text: string) => void status.text(text);
  const copyNow = () => {
    state.flush();
    return copyLink();
  };
  element.append(...toolbar(store, { copyLink: copyNow, said }));
  const problem = root.append("p").attr("class", "ap-problem").attr("role", "alert");
  problem.text(state.problems.join(" "));
  const editor = exampleEditor(store, said);
  element.append(editor.element, boxLegend(), boxInspector(store, editor.add));

  const results = root.append("div").attr("class", "ap-results");
  const ranked = results.append("div").attr("class", "ap-ranked").node()!;
  ranked.append(apControls(store), rankingTable(store));
  const drawing = results.append("div").attr("class", "ap-curve").node()!;
  const stepper = curveStepper(store);
  drawing.append(rankedCurve(store), stepper.element);
  root.append(() => status.node());

  store.subscribe(({ example, view, selected, whole }) => {
    problem.text("");
    if (selected !== null) {
      const sentence = boxSentence(store.shown, selected);
      said(`${sentence} AP at this IoU: ${fractionText(whole.averagePrecision)}.`);
    }
    state.set({ example, view });
  });
  state.onNavigate((read) => {
    store.replace(read.state);
    problem.text(read.problems.join(" "));
  });
  undoByKeys(element, store, editor.keepFocus);

  return {
    element,
    store,
    photograph: editor.photograph,
    go(id) {
      const preset = apPresets.find((entry) => entry.id === id);
      if (preset === undefined) throw new Error(`There is no example "${id}".`);
      store.replace(preset);
    },
    stop() {
      stepper.stop();
      state.stop();
    },
  };
}

function undoByKeys(element: HTMLElement, store: ApStore, done: () => void): void {
  element.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    if (event.target instanceof HTMLInputElement && event.target.type === "number") return;
    const key = event.key.toLowerCase();
    if (key !== "z" && key !== "y") return;
    event.preventDefault();
    if (key === "y" || event.shiftKey) store.redo();
    else store.undo();
    done();
  });
}
