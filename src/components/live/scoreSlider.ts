import { create } from "d3";
import { scoreRange } from "./urlState.js";

interface ScoreSliderOptions {
  readonly value: number;
  readonly changed: (score: number) => void;
}

/** The minimum score of an object that is shown. */
export function scoreSlider({ value, changed }: ScoreSliderOptions): HTMLElement {
  const label = create("label").attr("class", "score-slider");
  const words = label.append("span").text("Minimum score ");
  const shown = words.append("b").text(value.toFixed(2));
  const slider = label
    .append("input")
    .attr("type", "range")
    .attr("min", scoreRange.from)
    .attr("max", scoreRange.to)
    .attr("step", scoreRange.step)
    .attr("value", value);
  slider.on("input", () => {
    const score = Number(slider.property("value"));
    shown.text(score.toFixed(2));
    changed(score);
  });
  return label.node()!;
}
