import { fileURLToPath } from "node:url";
import * as v from "valibot";
import { number, optionalNumber, optionalText, readPublishedTable, text } from "./publishedTable.js";

const protocol = v.picklist(["A", "B", "C"], 'must be "A", "B" or "C"');
const named = { model: text, modelId: optionalText };
const noted = { note: optionalText };
const sourced = { source: text };
const costs = { multiplyAddsB: number, parametersM: number };
const maskScores = { boxAP: number, maskAP: number };
const classifierScores = {
  ...named,
  family: text,
  multiplyAddsB: number,
  imagenetParametersM: number,
  imagenetTop1: number,
  imagenetTop5: number,
  inaturalistParametersM: number,
  inaturalistTop1: number,
  inaturalistTop5: number,
};

/** The tables of data/reference, by file name; its README says what each column means and in which unit. */
export const publishedSchemas = {
  "detection-test-dev": v.strictObject({
    ...named,
    family: text,
    resolution: number,
    ...costs,
    AP: number,
    AP50: number,
    AP75: number,
    APS: number,
    APM: number,
    APL: number,
    protocol,
    ...sourced,
  }),
  "permuting-resnet": v.strictObject({
    ...named,
    blockAdjustments: v.picklist(["yes", "no"], 'must be "yes" or "no"'),
    multiplyAddsB: number,
    AP: number,
    ...noted,
    ...sourced,
  }),
  latency: v.strictObject({
    ...named,
    resolution: number,
    AP: number,
    latencyMs: number,
    ...noted,
    ...sourced,
  }),
  "mask-rcnn": v.strictObject({
    ...named,
    family: text,
    resolution: number,
    ...costs,
    ...maskScores,
    split: v.picklist(["val2017", "test-dev"], 'must be "val2017" or "test-dev"'),
    protocol,
    ...sourced,
  }),
  classification: v.strictObject({ ...classifierScores, ...noted, ...sourced }),
  "classification-data": v.strictObject({
    data: text,
    trainingImages: number,
    validationImages: number,
    classes: number,
    ...sourced,
  }),
  "classification-crops": v.strictObject({ ...named, top1: number, top5: number, ...sourced }),
  "classification-improved": v.strictObject({ ...classifierScores, ...sourced }),
  "fixed-orders": v.strictObject({ order: text, blocks: optionalText, AP: number, ...sourced }),
  "graph-damage": v.strictObject({ damage: text, AP: number, ...sourced }),
  mobile: v.strictObject({
    ...named,
    family: text,
    resolution: optionalNumber,
    ...costs,
    AP: number,
    APS: optionalNumber,
    APM: optionalNumber,
    APL: optionalNumber,
    ...sourced,
  }),
  "zoo-retinanet": v.strictObject({
    ...named,
    resolution: number,
    epochs: number,
    ...costs,
    latencyV100Ms: optionalNumber,
    latencyP100Ms: optionalNumber,
    AP: number,
    ...sourced,
  }),
  "zoo-mask-rcnn": v.strictObject({
    ...named,
    resolution: number,
    epochs: number,
    ...costs,
    ...maskScores,
    ...sourced,
  }),
  "model-garden": v.strictObject({
    detector: text,
    ...named,
    resolution: optionalNumber,
    epochs: optionalNumber,
    multiplyAddsB: optionalNumber,
    parametersM: optionalNumber,
    boxAP: number,
    maskAP: optionalNumber,
    note: optionalText,
    ...sourced,
  }),
  "self-training": v.strictObject({
    ...named,
    AP: number,
    selfTrainingAP: number,
    note: optionalText,
    ...sourced,
  }),
  "search-setup": v.strictObject({
    part: text,
    item: text,
    /** Empty where it was never published. */
    given: optionalText,
    value: optionalNumber,
    ...sourced,
  }),
  "search-samples": v.strictObject({ ...named, samples: number, ...sourced }),
  comparisons: v.strictObject({ quantity: text, value: number, unit: text, ...sourced }),
  "second-printings": v.strictObject({
    detector: text,
    ...named,
    resolution: number,
    epochs: number,
    split: text,
    quantity: v.picklist(["AP", "boxAP", "maskAP", "imagenetTop1"]),
    value: number,
    ...sourced,
  }),
  claims: v.strictObject({
    claim: text,
    quantity: text,
    model: text,
    value: number,
    against: optionalText,
    againstValue: optionalNumber,
    difference: optionalNumber,
    differencePercent: optionalNumber,
    verdict: text,
    ...sourced,
  }),
  checkpoints: v.strictObject({
    name: v.pipe(text, v.regex(/^[\w-]+\/[\w-]+$/, "must be group/name")),
    kind: v.picklist(["RetinaNet", "Mask R-CNN", "classifier"]),
    ...named,
    parametersM: optionalNumber,
    resolution: number,
    epochs: optionalNumber,
    AP: optionalNumber,
    ...noted,
    address: v.pipe(text, v.regex(/^https:\/\/[\w./-]+\.tar\.gz$/, "must be the https address of a .tar.gz")),
    ...sourced,
  }),
} as const;

export type PublishedTableName = keyof typeof publishedSchemas;

/** A row of a published table, its cells named as in the file's header. */
export type PublishedRow<Name extends PublishedTableName> = v.InferOutput<(typeof publishedSchemas)[Name]>;

/** Where this project keeps the published numbers. */
export const referenceFolder = fileURLToPath(new URL("../../data/reference/", import.meta.url));

/**
 * The rows of one table of data/reference.
 *
 * @throws Error naming the file, row and column that cannot be read.
 */
export function loadPublished<Name extends PublishedTableName>(
  name: Name,
  folder = referenceFolder,
): Promise<PublishedRow<Name>[]> {
  return readPublishedTable(`${folder}/${name}.csv`, publishedSchemas[name]);
}
