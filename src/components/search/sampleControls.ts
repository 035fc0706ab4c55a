import { html } from "htl";
import { type Range, wholeNumber } from "../page/state/parameter.js";
import { numbers, seeds } from "./urlState.js";

export interface SampleState {
  readonly seed: number;
  /** Which of the seed's samples, from 1. */
  readonly number: number;
}

interface SampleControlsOptions extends SampleState {
  /** Whether samples can also be played, one after another. */
  readonly play: boolean;
  readonly changed: (state: SampleState, playing: boolean) => void;
}

/** In milliseconds, long enough to look at two drawings. */
const pause = 1600;

/** Chooses the sample shown: by seed and number, the previous or next one, or all in turn. */
export function sampleControls({ seed, number, play, changed }: SampleControlsOptions): {
  readonly element: HTMLElement;
  readonly stop: () => void;
} {
  let state: SampleState = { seed, number };
  let timer: ReturnType<typeof setInterval> | null = null;
  const button = (text: string, press: () => void): HTMLElement =>
    html`<button type="button" ${{ onclick: press }}>${text}</button>`;
  const previous = button("Previous", () => {
    stop();
    step(-1);
  });
  const next = button("Next", () => {
    stop();
    step(1);
  });
  const toggle = button("Play", () => {
    if (timer !== null) return stop();
    toggle.textContent = "Pause";
    timer = setInterval(() => step(1), pause);
    step(1);
  });
  const field = (name: keyof SampleState, text: string, range: Range): HTMLInputElement => {
    const { rule, read } = wholeNumber(name, range);
    const input = html<HTMLInputElement>`<input type="number" name=${name} min=${range.from} max=${range.to} step="1" required>`;
    input.addEventListener("input", () => {
      const value = read(input.value);
      problem.textContent = value === undefined ? `${text} should be ${rule}.` : "";
      if (value === undefined) return;
      stop();
      go({ ...state, [name]: value });
    });
    return input;
  };
  const fields = { seed: field("seed", "Seed", seeds), number: field("number", "Sample", numbers) } as const;
  const problem = html`<output class="sample-problem"></output>`;

  const fill = (): void => {
    for (const name of ["seed", "number"] as const) {
      // A field that is being typed in keeps what was typed.
      if (Number(fields[name].value) !== state[name] || fields[name].value === "") {
        fields[name].value = String(state[name]);
      }
    }
    // A disabled button would drop the focus.
    setDisabled(previous, state.number <= numbers.from);
    setDisabled(next, state.number >= numbers.to);
  };
  const go = (to: SampleState): void => {
    state = to;
    fill();
    changed(state, timer !== null);
  };
  const step = (by: number): void => {
    problem.textContent = "";
    const number = Math.min(numbers.to, Math.max(numbers.from, state.number + by));
    go({ ...state, number });
  };
  const stop = (): void => {
    if (timer !== null) clearInterval(timer);
    timer = null;
    toggle.textContent = "Play";
  };
  fill();
  const element = html`<form class="sample-controls" ${{ onsubmit: (event: Event) => event.preventDefault() }}>
    ${previous}${next}${play ? toggle : null}
    <label>Seed ${fields.seed}</label>
    <label>Sample ${fields.number}</label>
    ${problem}
  </form>`;
  return { element, stop };
}

function setDisabled(button: HTMLElement, disabled: boolean): void {
  if (disabled) button.setAttribute("aria-disabled", "true");
  else button.removeAttribute("aria-disabled");
}
