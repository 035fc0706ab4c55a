import { create } from "d3";
import { exampleCategories } from "./example.js";
import type { ApShown, ApStore } from "./store.js";
import { reasonText } from "./words.js";

interface CurveStepper {
  readonly element: HTMLElement;
  /** Stops playing. */
  stop(): void;
}

/** Between two detections while playing, in milliseconds. */
const pace = 900;

/** Steps through the ranking detection by detection: a slider, buttons, and the counts as fractions. */
export function curveStepper(store: ApStore): CurveStepper {
  let timer: ReturnType<typeof setInterval> | null = null;
  const element = create("div").attr("class", "curve-stepper");
  const row = element.append("div").attr("class", "curve-steps");
  const length = () => store.shown.matching.ranking.length;
  const place = () => store.shown.taken.points.length;
  const go = (step: number) => {
    store.look({ step: step >= length() ? null : Math.max(step, 0) });
  };
  const stop = () => {
    if (timer !== null) clearInterval(timer);
    timer = null;
    play.text("Play");
  };
  const button = (text: string, label: string, pressed: () => void) =>
    row.append("button").text(text).attr("aria-label", label).on("click", pressed);
  const back = button("←", "One detection fewer", () => go(place() - 1));
  const play = row.append("button").text("Play");
  play.on("click", () => {
    if (timer !== null) return stop();
    if (length() === 0) return;
    if (place() >= length()) go(0);
    play.text("Pause");
    timer = setInterval(() => {
      go(place() + 1);
      if (place() >= length()) stop();
    }, pace);
  });
  const forth = button("→", "One detection more", () => go(place() + 1));
  const label = row.append("label");
  const words = label.append("span");
  const slider = label
    .append("input")
    .attr("type", "range")
    .attr("min", 0)
    .attr("step", 1)
    .on("input", () => {
      stop();
      go(slider.property("valueAsNumber"));
    });
  const sentence = element.append("p").attr("class", "curve-sentence");

  store.follow((shown) => {
    const count = length();
    const now = place();
    words.text(`Best ${now} of ${count}`);
    slider
      .attr("max", count)
      .property("value", now)
      .property("disabled", count === 0);
    // Not disabled: a disabled button loses the focus.
    back.attr("aria-disabled", String(now === 0));
    forth.attr("aria-disabled", String(now === count));
    play.attr("aria-disabled", String(count === 0));
    sentence.selectChildren().remove();
    for (const text of sentencesOf(shown)) sentence.append("span").text(text);
  });
  return { element: element.node()!, stop };
}

/** What the last detection taken did, and what all taken come to. */
function sentencesOf(shown: ApShown): string[] {
  const { taken, matching, view } = shown;
  const last = taken.points.at(-1);
  const name = exampleCategories[view.category]!;
  const sought = `${taken.positives} ${name}${taken.positives === 1 ? "" : "s"} to be found`;
  if (taken.positives === 0) return [`No ${name} to be found, so there is no curve.`, "", ""];
  if (last === undefined) return [`None is taken yet; ${sought}.`, "", ""];
  const outcome = matching.ranking[taken.points.length - 1]!;
  const { right, wrong, precision, recall } = last;
  return [
    `${taken.points.length}: ${outcome.verdict}, ${reasonText(shown, outcome)}. So far ${right} right, ${wrong} wrong, ${sought}.`,
    right + wrong === 0
      ? "Precision: none counts yet"
      : `Precision ${right}/${right + wrong} = ${precision.toFixed(2)}`,
    `Recall ${right}/${taken.positives} = ${recall.toFixed(2)}`,
  ];
}
