import { create } from "d3";
import { type Range, wholeNumber } from "../page/state/parameter.js";
import { numbers, seeds } from "./address.js";

export interface SampleState {
  readonly seed: number;
  /** Which of the seed's samples, from 1. */
  readonly number: number;
}

export interface SampleControlsOptions extends SampleState {
  /** Whether samples can also follow one another by themselves. */
  readonly play: boolean;
  readonly changed: (state: SampleState, playing: boolean) => void;
}

/** Long enough to look at two drawings. */
const pause = 1600;

/** Which sample is shown: seed and number as the reader types them, the one before, the next, or all in turn. */
export function sampleControls({ seed, number, play, changed }: SampleControlsOptions): {
  readonly element: HTMLElement;
  readonly stop: () => void;
} {
  let state: SampleState = { seed, number };
  let timer: ReturnType<typeof setInterval> | null = null;
  const form = create<HTMLElement>("form").attr("class", "sample-controls");
  const button = (text: string) => form.append("button").attr("type", "button").text(text);
  const previous = button("Previous");
  const next = button("Next");
  const toggle = play ? button("Play") : null;
  const input = (name: keyof SampleState, text: string, range: Range) => {
    const field = form
      .append("label")
      .text(`${text} `)
      .append("input")
      .attr("type", "number")
      .attr("name", name)
      .attr("min", range.from)
      .attr("max", range.to)
      .attr("step", 1)
      .attr("required", "");
    field.on("input", () => {
      const { rule, read } = wholeNumber(name, range);
      const value = read(String(field.property("value")));
      problem.text(value === undefined ? `${text} is ${rule}.` : "");
      if (value === undefined) return;
      stop();
      go({ ...state, [name]: value });
    });
    return field;
  };
  const seedField = input("seed", "Seed", seeds);
  const numberField = input("number", "Sample", numbers);
  const problem = form.append("output").attr("class", "sample-problem");

  const fill = (): void => {
    // A field that is being typed in keeps what was typed.
    for (const [field, value] of [
      [seedField, state.seed],
      [numberField, state.number],
    ] as const) {
      if (Number(field.property("value")) !== value || field.property("value") === "") {
        field.property("value", value);
      }
    }
    // Disabled, a button would drop the keyboard's focus.
    previous.attr("aria-disabled", state.number <= numbers.from ? "true" : null);
    next.attr("aria-disabled", state.number >= numbers.to ? "true" : null);
  };
  const go = (to: SampleState): void => {
    state = to;
    fill();
    changed(state, timer !== null);
  };
  const step = (by: number): void => {
    problem.text("");
    const number = Math.min(numbers.to, Math.max(numbers.from, state.number + by));
    go({ ...state, number });
  };
  const stop = (): void => {
    if (timer !== null) clearInterval(timer);
    timer = null;
    toggle?.text("Play");
  };
  previous.on("click", () => {
    stop();
    step(-1);
  });
  next.on("click", () => {
    stop();
    step(1);
  });
  toggle?.on("click", () => {
    if (timer !== null) return stop();
    toggle.text("Pause");
    timer = setInterval(() => step(1), pause);
    step(1);
  });
  form.on("submit", (event: Event) => event.preventDefault());
  fill();
  return { element: form.node()!, stop };
}
