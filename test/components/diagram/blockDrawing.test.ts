import "../../dom.js";
import { create } from "d3";
import { describe, expect, it } from "vitest";
import { descriptionOf } from "../../../src/architecture/costs/description.js";
import { diagramOf } from "../../../src/architecture/drawing/diagramLayout.js";
import { type Frame, frameOf, transition } from "../../../src/architecture/drawing/transition.js";
import { type PresetName, presetByName } from "../../../src/architecture/families/presets.js";
import { matchBlocks } from "../../../src/architecture/graph/blockMatching.js";
import { differenceOf } from "../../../src/architecture/graph/difference.js";
import { blockDiagramStyle } from "../../../src/components/diagram/blockDiagramStyle.js";
import { blockDrawing } from "../../../src/components/diagram/blockDrawing.js";
import { blockSentence } from "../../../src/components/diagram/blockSentence.js";
import { differenceOverlay } from "../../../src/components/permute/drawing/differenceOverlay.js";
import { expectGolden } from "../../golden.js";

const options = { width: 960, orientation: "across", compact: false, steady: true } as const;

function frames(from: PresetName, to: PresetName): [Frame, Frame] {
  const [one, other] = [descriptionOf(presetByName(from)), descriptionOf(presetByName(to))];
  const keys = matchBlocks(one.blocks, other.blocks).map((partner, id) => String(partner ?? `new ${id}`));
  return [frameOf(diagramOf(one, options)), frameOf(diagramOf(other, options), keys)];
}

function picture({ width, height }: Frame, ...nodes: readonly SVGElement[]): string {
  const svg = create("svg").attr("class", "block-diagram").attr("viewBox", `0 0 ${width} ${height}`);
  svg.append("style").text(blockDiagramStyle);
  svg.node()!.append(...nodes);
  return svg.node()!.outerHTML;
}

describe("a morph's drawing", () => {
  it.each([0, 0.5, 1])("from ResNet-50-FPN to SpineNet-49 is kept at %d", (time) => {
    const [from, to] = frames("resnet-50-fpn", "spinenet-49");
    const drawing = blockDrawing();
    const now = transition(from, to)(time);
    drawing.draw(now);
    expectGolden(`morph-resnet-50-fpn-spinenet-49-at-${time * 100}`, picture(now, drawing.node));
  });

  it("ends as a drawing that was never on its way", () => {
    const [from, to] = frames("r0-sp53", "spinenet-49");
    const [moved, still] = [blockDrawing({ options: true }), blockDrawing({ options: true })];
    for (const time of [0, 0.3, 0.7, 1]) moved.draw(transition(from, to)(time));
    still.draw(to);
    const blocks = (node: SVGElement): string => node.querySelector(".blocks")!.outerHTML;
    expect(blocks(moved.node)).toBe(blocks(still.node));
    const edges = (node: SVGElement): string[] =>
      [...node.querySelectorAll(".edges > g")].map(({ outerHTML }) => outerHTML).toSorted();
    expect(edges(moved.node)).toEqual(edges(still.node));
  });
});

describe("what stands out in a frame", () => {
  const description = descriptionOf(presetByName("spinenet-49"));
  const rest = frameOf(diagramOf(description, options));
  const ids = (node: SVGElement, selector: string): string[] =>
    [...node.querySelectorAll<SVGElement>(selector)].map(({ dataset }) => dataset.id ?? "");

  it("is a block with its neighbours, and the resampling on each connection", () => {
    const drawing = blockDrawing({ options: true });
    drawing.draw(rest, { shown: 14, chosen: 14 });
    expect(ids(drawing.node, ".chosen")).toEqual(["14"]);
    expect(ids(drawing.node, "[data-id].near")).toEqual(["P5", "7", "11", "12", "14", "15", "16"]);
    const labels = [...drawing.node.querySelectorAll(".edge-labels text")].map(
      ({ textContent }) => textContent,
    );
    expect(labels).toEqual(["÷2", "÷2", "+", "÷4", "÷2"]);
    drawing.draw(rest);
    expect(drawing.node.querySelectorAll(".near, .chosen, .edge-labels text")).toHaveLength(0);
    expect(drawing.node.classList.contains("choosing")).toBe(false);
  });

  it("is one tab stop with a sentence for each block", () => {
    const drawing = blockDrawing({ options: true });
    drawing.draw(rest, { chosen: 3, sentence: (id) => blockSentence(description, id) });
    expect(ids(drawing.node, '[tabindex="0"]')).toEqual(["3"]);
    expect(drawing.node.querySelector('[role=option][data-id="14"]')?.getAttribute("aria-label")).toBe(
      "Block 14: bottleneck at level 5, 20×20×1024; from 7 (down ÷2), 12 (down ÷2) and 11 (added as it is +); read by 15 and 16; output P5",
    );
  });
});

describe("the overlay of a difference", () => {
  it("of R0-SP53 from SpineNet-49 is kept", () => {
    const [one, other] = [descriptionOf(presetByName("r0-sp53")), descriptionOf(presetByName("spinenet-49"))];
    const difference = differenceOf(one, other);
    const drawing = blockDrawing();
    const overlay = differenceOverlay();
    const rest = frameOf(diagramOf(one, options));
    drawing.draw(rest, { added: new Set(difference.added.map(({ from, to }) => `${from}>${to}`)) });
    overlay.draw({ difference, other, frame: rest, options, shown: null });
    expectGolden("difference-r0-sp53-spinenet-49", picture(rest, overlay.below, drawing.node, overlay.above));
    overlay.draw(null);
    expect(overlay.below.childElementCount + overlay.above.childElementCount).toBe(0);
  });
});
