import { html } from "htl";
import { type Description, descriptionOf } from "../../architecture/costs/description.js";
import {
  type MeasureName,
  type NetworkMeasures,
  networkMeasures,
} from "../../architecture/graph/networkMeasures.js";
import { sampleArchitecture } from "../../architecture/search/sampleArchitecture.js";
import { blockDiagram } from "../diagram/blockDiagram.js";
import { distribution } from "./measures/distribution.js";
import { measureWords } from "./measures/measureWords.js";
import { rankOf, rankWords } from "./measures/percentile.js";
import { type SampleState, sampleControls } from "./sampleControls.js";

export interface ArchitectureSamplerOptions extends SampleState {
  /** In pixels. Below 720 one drawing is above the other. */
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
  /** Stops playing, when the page is left. */
  readonly stop: () => void;
}

const gap = 32;
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
  const side = width >= 720 ? (width - gap) / 2 : width;
  const own = networkMeasures(beside);
  const drawing = html`<div class="sampler-drawing"></div>`;
  const words = html`<p aria-live="polite"></p>`;
  const places = html`<div class="sampler-places"></div>`;
  const show = (state: SampleState): void => {
    const description = descriptionOf(sampleArchitecture(state.seed, state.number));
    const measures = networkMeasures(description);
    const others = (name: MeasureName): readonly number[] =>
      state.seed === amongSeed ? among[name].toSpliced(state.number - 1, 1) : among[name];
    drawing.replaceChildren(blockDiagram(description, { width: side, compact: true }));
    words.replaceChildren(
      networkWords(description.model, `${costWords(measures, others)}${unusedWords(description)}`),
    );
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
      // Screen readers would otherwise announce each sample that passes.
      words.setAttribute("aria-live", playing ? "off" : "polite");
      show(state);
      changed?.(state);
    },
  });
  show({ seed, number });
  const element = html`<figure class="architecture-sampler wide" style=${{ "--columns": width >= 720 ? 2 : 1 }}>
    ${controls}
    <div class="sampler-pair">
      <div class="sampler-network">${drawing}${words}</div>
      <div class="sampler-network">
        <div class="sampler-drawing">${blockDiagram(beside, { width: side, compact: true })}</div>
        <p>${networkWords(
          beside.model,
          costWords(own, (name) => among[name]),
        )}</p>
      </div>
    </div>
    ${places}
  </figure>`;
  return { element, stop };
}

function networkWords(model: string, words: string): DocumentFragment {
  return html.fragment`<strong>${model}</strong><span>: ${words}</span>`;
}

function costWords(measures: NetworkMeasures, others: (name: MeasureName) => readonly number[]): string {
  return costs
    .map((name) => {
      const { title, format } = measureWords[name];
      const rank = rankOf(measures[name], others(name));
      return `${format(measures[name])} ${title.toLowerCase()}, ${rankWords(rank, "samples")}`;
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
