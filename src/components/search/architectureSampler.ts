import { create } from "d3";
import { type Description, descriptionOf } from "../../architecture/costs/description.js";
import {
  type MeasureName,
  type NetworkMeasures,
  networkMeasures,
} from "../../architecture/graph/networkMeasures.js";
import { sampleArchitecture } from "../../architecture/search/sampleArchitecture.js";
import { blockDiagram } from "../diagram/blockDiagram.js";
import { distribution } from "./distribution.js";
import { measureWords } from "./measureWords.js";
import { standingOf, standingWords } from "./percentile.js";
import { type SampleState, sampleControls } from "./sampleControls.js";

export interface ArchitectureSamplerOptions extends SampleState {
  /** In pixels. Below 720 one drawing stands above the other. */
  readonly width?: number;
  /** The network that samples are drawn beside. */
  readonly beside: Description;
  /** Each measure of the networks that a sample is placed among. */
  readonly among: Readonly<Record<MeasureName, readonly number[]>>;
  /** The seed whose samples those are, from the first on: a sample is not placed among itself. */
  readonly amongSeed: number;
  /** Whether the reader's system asks for less motion; samples then change only one by one. */
  readonly reducedMotion: boolean;
  readonly changed?: (state: SampleState) => void;
}

export interface ArchitectureSampler {
  readonly element: HTMLElement;
  /** Ends the play, for a page that is left. */
  readonly stop: () => void;
}

const costs = ["multiplyAdds", "parameters"] as const satisfies readonly MeasureName[];

/**
 * Networks drawn by the search's rules, one after another, each beside a published one, with what it costs and where
 * that lies among many others.
 */
export function architectureSampler({
  width = 960,
  beside,
  among,
  amongSeed,
  seed,
  number,
  reducedMotion,
  changed,
}: ArchitectureSamplerOptions): ArchitectureSampler {
  const gap = 32;
  const side = width >= 720 ? (width - gap) / 2 : width;
  const figure = create<HTMLElement>("figure")
    .attr("class", "architecture-sampler wide")
    .style("--columns", width >= 720 ? 2 : 1);
  const shown = figure.append("div").attr("class", "sampler-pair");
  const sampled = shown.append("div").attr("class", "sampler-network");
  const [drawing, words] = [sampled.append("div").attr("class", "sampler-drawing"), sampled.append("p")];
  const published = shown.append("div").attr("class", "sampler-network");
  published
    .append("div")
    .attr("class", "sampler-drawing")
    .append(() => blockDiagram(beside, { width: side, compact: true }));
  const own = networkMeasures(beside);
  published.append("p").call((line) => {
    line.append("strong").text(beside.model);
    line.append("span").text(`: ${costWords(own, (name) => among[name])}`);
  });
  words.attr("aria-live", "polite");
  const places = figure.append("div").attr("class", "sampler-places").node()!;

  const show = (state: SampleState): void => {
    const description = descriptionOf(sampleArchitecture(state.seed, state.number));
    const measures = networkMeasures(description);
    drawing.node()!.replaceChildren(blockDiagram(description, { width: side, compact: true }));
    words.text("");
    words.append("strong").text(description.model);
    const others = (name: MeasureName): readonly number[] =>
      state.seed === amongSeed ? among[name].toSpliced(state.number - 1, 1) : among[name];
    words.append("span").text(`: ${costWords(measures, others)}${unusedWords(description)}`);
    places.replaceChildren(
      ...costs.map((name) => {
        const { title, format } = measureWords[name];
        const values = among[name];
        return distribution(values, {
          width: side,
          title,
          format,
          description: `A histogram of ${values.length.toLocaleString("en-US")} sampled networks; the lines above it say the same.`,
          marks: [
            { label: `Sample ${state.number}`, value: measures[name], shape: "ring" },
            { label: beside.model, value: own[name], shape: "disc" },
          ],
        });
      }),
    );
  };
  const { element: controls, stop } = sampleControls({
    seed,
    number,
    play: !reducedMotion,
    changed: (state, playing) => {
      // A reader of screens would otherwise be told of each sample that passes by.
      words.attr("aria-live", playing ? "off" : "polite");
      show(state);
      changed?.(state);
    },
  });
  figure.node()!.prepend(controls);
  show({ seed, number });
  return { element: figure.node()!, stop };
}

function costWords(measures: NetworkMeasures, others: (name: MeasureName) => readonly number[]): string {
  return costs
    .map((name) => {
      const { title, format } = measureWords[name];
      const standing = standingOf(measures[name], others(name));
      return `${format(measures[name])} ${title.toLowerCase()}, ${standingWords(standing, "samples")}`;
    })
    .join("; ")
    .concat(".");
}

function unusedWords({ blocks }: Description): string {
  const unused = blocks.filter(({ used }) => !used).map(({ id }) => id);
  if (unused.length === 0) return "";
  return unused.length === 1
    ? ` Block ${unused[0]} leads to no output and is not computed.`
    : ` Blocks ${unused.join(" and ")} lead to no output and are not computed.`;
}
