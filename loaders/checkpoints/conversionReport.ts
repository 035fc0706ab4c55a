import { costsOf } from "../../src/architecture/costs/costs.js";
import { layersOf } from "../../src/architecture/layers/layersOf.js";
import type { Model } from "../../src/architecture/model/model.js";
import type { Conversion } from "../../src/checkpoints/tensorflow/conversion/prepareConversion.js";
import { shownText } from "../../src/text/shownText.js";

/** What a conversion found, and what it could not know, as `--json` prints it. */
export interface ConversionReport {
  readonly checkpoint: string;
  readonly layout: "tf1" | "modelGarden";
  readonly model: Model;
  readonly parameters: { readonly trainable: number; readonly total: number };
  /** Tensors that are moving averages over training, of all. */
  readonly averaged: number;
  readonly tensors: number;
  readonly steps: number | null;
  /** The share of the moving means that each activation explains; null if the activation was assumed or given. */
  readonly activation: Readonly<Record<string, number>> | null;
  readonly skipped: { readonly slots: number; readonly variables: readonly string[] };
}

export function conversionReport({ checkpoint, plan, fit, steps }: Conversion): ConversionReport {
  return {
    checkpoint: checkpoint.index.source,
    layout: plan.layout,
    model: plan.model,
    parameters: costsOf(layersOf(plan.model)).parameters,
    averaged: plan.assignments.filter(({ variable }) => variable.averaged).length,
    tensors: plan.assignments.length,
    steps,
    activation: fit?.explained ?? null,
    skipped: { slots: plan.slots, variables: plan.unused.map(({ name }) => name) },
  };
}

const count = (number: number) => number.toLocaleString("en");

/** The report as lines of a table: what, and what it is. */
export function reportLines(report: ConversionReport): [string, string][] {
  const { model, parameters, averaged, tensors, steps, skipped } = report;
  const values =
    averaged > 0 ? `moving averages for ${averaged} of ${tensors} tensors` : `${tensors} tensors`;
  return [
    ["network", networkLine(model)],
    ["head", headLine(model)],
    ["layout", layoutLine(report)],
    ["activation", activationLine(report)],
    ["assumed", assumedLine(model)],
    ["parameters", `${count(parameters.trainable)} trainable, ${count(parameters.total)} in all`],
    ["values", steps === null ? values : `${values}, after ${count(steps)} training steps`],
    ["skipped", skippedLine(skipped)],
  ];
}

function networkLine({ name, backbone, decoder }: Model): string {
  const { widthMultiplier, alpha, repeats, endpointWidth, family } = backbone;
  const width = `width ${widthMultiplier}`;
  if (family === "resnet") {
    return [
      name,
      width,
      ...(decoder.kind === "fpn" ? [`a feature pyramid of ${decoder.width} filters`] : []),
    ].join(", ");
  }
  const connections = family === "mobile" ? [] : [`α ${alpha}`];
  const blocks = repeats === 1 ? [] : [`${repeats} repeats`];
  return [name, width, ...connections, ...blocks, `endpoints of ${endpointWidth} filters`].join(", ");
}

function headLine({ head, classes }: Model): string {
  if (head.kind === "classifier") return `classifier of ${classes} classes`;
  const { convolutions, width, separable, anchors } = head;
  const kind = `${separable ? "separable " : ""}${convolutions === 1 ? "convolution" : "convolutions"}`;
  const perCell = anchors.scalesPerOctave * anchors.aspectRatios.length;
  return `RetinaNet of ${convolutions} ${kind} with ${width} filters, ${classes} class channels, ${perCell} anchors per cell`;
}

function layoutLine({ layout, model }: ConversionReport): string {
  if (layout === "modelGarden") {
    return 'Model Garden (TensorFlow 2), since it has an object graph: padding "same", anchors in the order ½, 1, 2';
  }
  const detector = model.head.kind === "retinanet" ? ", anchors in the order 1, 2, ½, inclusive boxes" : "";
  return `TF1 (tensorflow/tpu), by its variables' names: symmetric padding, one pool per connection${detector}`;
}

function activationLine({ model, activation }: ConversionReport): string {
  const { activation: kind } = model.backbone;
  if (activation === null) return `${kind}: given or assumed, as the statistics fit none`;
  const percent = (share: number) => `${Math.round(100 * share)}%`;
  const others = Object.entries(activation).filter(([other]) => other !== kind);
  const worse = others.map(([other, share]) => `${other} ${percent(share)}`).join(", ");
  return `${kind}, which explains ${percent(activation[kind] ?? 0)} of the moving means (${worse})`;
}

function assumedLine({ inputSize, head, batchNorm, classes }: Model): string {
  const anchors = head.kind === "retinanet" ? [`anchors from ${head.anchors.size} strides`] : [];
  const names = head.kind === "retinanet" && classes === 91 ? ["COCO's class names"] : ["numbered classes"];
  return [
    `input ${inputSize.join("×")}`,
    ...anchors,
    `batch norm's epsilon ${batchNorm.epsilon}`,
    ...names,
  ].join(", ");
}

/** The report as JSON has all. */
const mostNames = 20;

function skippedLine({ slots, variables }: ConversionReport["skipped"]): string {
  const beyond = variables.length - mostNames;
  const shown = variables.slice(0, mostNames).map((name) => shownText(name));
  const names =
    variables.length === 0 ? [] : [`${shown.join(", ")}${beyond > 0 ? ` and ${beyond} more` : ""}`];
  const optimiser = slots === 0 ? [] : [`${count(slots)} tensors of the optimiser`];
  return [...optimiser, ...names].join(" and ") || "nothing";
}
