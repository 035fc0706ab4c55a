/** Past states, the present one, and those that were undone. */
export interface History<State> {
  readonly past: readonly State[];
  readonly present: State;
  readonly future: readonly State[];
}

/** How many states are kept. */
const depth = 200;

export function begin<State>(present: State): History<State> {
  return { past: [], present, future: [] };
}

/** Adds a state after the present one and drops what was undone. */
export function record<State>({ past, present }: History<State>, next: State): History<State> {
  return { past: [...past, present].slice(-depth), present: next, future: [] };
}

/** The state before; the same history if there is none. */
export function undo<State>(history: History<State>): History<State> {
  const before = history.past.at(-1);
  if (before === undefined) return history;
  return {
    past: history.past.slice(0, -1),
    present: before,
    future: [history.present, ...history.future],
  };
}

/** The state undone last; the same history if there is none. */
export function redo<State>(history: History<State>): History<State> {
  const [next, ...future] = history.future;
  if (next === undefined) return history;
  return { past: [...history.past, history.present], present: next, future };
}
