import { create } from "d3";
import type { MeasureName } from "../../../architecture/graph/networkMeasures.js";
import type { ComparedNetwork } from "../comparedNetworks.js";
import { distribution } from "./distribution.js";
import { measureWords } from "./measureWords.js";
import { rankOf, rankWords } from "./percentile.js";

interface MeasureFigureOptions {
  /** In pixels. Below 720 the histograms are stacked. */
  readonly width?: number;
  readonly caption: string;
}

/** One histogram per measure of many sampled networks, with some published ones marked. */
export function measureFigure(
  names: readonly MeasureName[],
  among: Readonly<Record<MeasureName, readonly number[]>>,
  networks: readonly ComparedNetwork[],
  { width = 960, caption }: MeasureFigureOptions,
): HTMLElement {
  const gap = 40;
  const columns = width >= 720 ? 2 : 1;
  const figure = create<HTMLElement>("figure")
    .attr("class", "measure-figure wide")
    .style("--columns", columns);
  const grid = figure.append("div").attr("class", "measure-grid");
  for (const name of names) {
    const words = measureWords[name];
    const standings = networks.map(
      ({ description, measures }) =>
        `${description.model} ${words.format(measures[name])}, ${rankWords(rankOf(measures[name], among[name]), "samples")}`,
    );
    const drawing = distribution(among[name], {
      ...words,
      width: columns === 2 ? (width - gap) / 2 : width,
      description: `It is ${words.meaning}. ${standings.join("; ")}.`,
      marks: networks.map(({ description, measures, shape }) => {
        return { label: description.model, value: measures[name], shape };
      }),
    });
    grid.append(() => drawing).attr("data-measure", name);
  }
  figure.append("figcaption").text(caption);
  return figure.node()!;
}
