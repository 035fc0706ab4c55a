import { cocoParameters } from "../../../coco/parameters.js";
import type { BoxRef } from "./boxEdits.js";
import { curveOf, type PrecisionRecallCurve } from "./curve.js";
import type { Example } from "./example.js";
import { type Matching, matchExample } from "./matching.js";
import { type ExampleMeasure, measureExample } from "./measure.js";
import type { ApView } from "./settings.js";

/** What the reader has made, and the view of it. */
export interface ApState {
  readonly example: Example;
  readonly view: ApView;
}

/** Everything that figures show of a state. */
export interface ApShown extends ApState {
  readonly matching: Matching;
  /** Of the whole ranking, at the chosen IoU threshold. */
  readonly whole: PrecisionRecallCurve;
  /** Of as much of it as the reader takes. */
  readonly taken: PrecisionRecallCurve;
  readonly measure: ExampleMeasure;
  /** The box that is being edited. */
  readonly selected: BoxRef | null;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
}

export interface ApStore {
  readonly shown: ApShown;
  /** Tells what is shown, now and after each change. */
  follow(listener: (shown: ApShown) => void): void;
  /** Tells what is shown after each change. */
  subscribe(listener: (shown: ApShown) => void): void;
  /** Tells which detection the pointer or the focus is on. */
  followPointed(listener: (detection: number | null) => void): void;
  /**
   * Changes the example. Changes of one name that follow one another, such as the steps of a drag, are undone at once.
   *
   * @param selected the box to edit afterwards; as before where it is not given
   */
  edit(example: Example, name: string | null, selected?: BoxRef | null): void;
  /** Takes another example with its view, as one change. */
  replace(state: ApState): void;
  look(change: Partial<ApView>): void;
  select(box: BoxRef | null): void;
  point(detection: number | null): void;
  undo(): void;
  redo(): void;
}

/** An example before a change; with its view where the change replaced it. */
interface Past {
  readonly example: Example;
  readonly view: ApView | null;
}

const mostUndone = 200;

/** Keeps the example, its history, and everything derived from it. */
export function apStore(start: ApState): ApStore {
  const listeners: ((shown: ApShown) => void)[] = [];
  const pointedListeners: ((detection: number | null) => void)[] = [];
  let undone: Past[] = [];
  let redone: Past[] = [];
  let lastName: string | null = null;
  let shown = shownOf(start, null, false, false);

  const show = (state: ApState, selected: BoxRef | null): void => {
    shown = shownOf(state, selected, undone.length > 0, redone.length > 0);
    for (const listener of listeners) listener(shown);
  };
  const remember = (past: Past): void => {
    undone = [...undone, past].slice(-mostUndone);
    redone = [];
  };
  const travel = (from: Past[], to: Past[]): void => {
    const past = from.pop();
    if (past === undefined) return;
    to.push({ example: shown.example, view: past.view === null ? null : shown.view });
    lastName = null;
    const view = past.view ?? shown.view;
    show({ example: past.example, view }, null);
  };

  return {
    get shown() {
      return shown;
    },
    follow(listener) {
      listener(shown);
      listeners.push(listener);
    },
    subscribe: (listener) => void listeners.push(listener),
    followPointed: (listener) => void pointedListeners.push(listener),
    edit(example, name, selected = shown.selected) {
      if (name === null || name !== lastName) remember({ example: shown.example, view: null });
      lastName = name;
      show({ example, view: shown.view }, selected);
    },
    replace(state) {
      remember({ example: shown.example, view: shown.view });
      lastName = null;
      show(state, null);
    },
    look(change) {
      show({ example: shown.example, view: { ...shown.view, ...change } }, shown.selected);
    },
    select(box) {
      if (box?.kind === shown.selected?.kind && box?.index === shown.selected?.index) return;
      lastName = null;
      show(shown, box);
    },
    point(detection) {
      for (const listener of pointedListeners) listener(detection);
    },
    undo: () => travel(undone, redone),
    redo: () => travel(redone, undone),
  };
}

function shownOf(
  { example, view: wanted }: ApState,
  selected: BoxRef | null,
  canUndo: boolean,
  canRedo: boolean,
): ApShown {
  const { category, threshold, maxDets } = wanted;
  const area = cocoParameters.areaRanges.find(({ name }) => name === wanted.area)!;
  const matching = matchExample(example, {
    category,
    iou: cocoParameters.iouThresholds[threshold]!,
    area,
    maxDets,
  });
  const { length } = matching.ranking;
  const step = wanted.step === null || wanted.step >= length ? null : wanted.step;
  return {
    example,
    view: { ...wanted, step },
    matching,
    whole: curveOf(matching),
    taken: curveOf(matching, step ?? length),
    measure: measureExample(example, wanted),
    selected,
    canUndo,
    canRedo,
  };
}
