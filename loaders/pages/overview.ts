import type { Headline } from "../../src/pageData/overview.js";
import { loadPublished, type PublishedRow } from "../records/publishedTables.js";

type DetectionRow = PublishedRow<"detection-test-dev">;

/** The published numbers that say what SpineNet is worth, for the pages that open with them. */
export async function loadHeadlines(): Promise<readonly Headline[]> {
  return headlinesOf(
    await loadPublished("detection-test-dev"),
    await loadPublished("permuting-resnet"),
    await loadPublished("classification"),
  );
}

export function headlinesOf(
  detection: readonly DetectionRow[],
  permuting: readonly PublishedRow<"permuting-resnet">[],
  classification: readonly PublishedRow<"classification">[],
): Headline[] {
  const detector = (model: string, protocol: string, resolution: number): DetectionRow =>
    only(detection, `${model} at ${resolution} px under protocol ${protocol}`, (row) => {
      return row.model === model && row.protocol === protocol && row.resolution === resolution;
    });
  const spineNet = detector("SpineNet-49", "B", 640);
  const resNet = detector("R50-FPN", "B", 640);
  const permuted = only(permuting, "R0-SP53", ({ model }) => model === "R0-SP53");
  const unpermuted = only(permuting, "R50-FPN", ({ model }) => model === "R50-FPN");
  const classifier = only(classification, "SpineNet-49", ({ model }) => model === "SpineNet-49");
  const baseline = only(classification, "ResNet-50", ({ model }) => model === "ResNet-50");
  const best = detection.reduce((a, b) => (b.AP > a.AP ? b : a));
  const twins = `${spineNet.model} against ${resNet.model}, RetinaNet at ${spineNet.resolution} px, protocol ${spineNet.protocol}`;
  return [
    {
      value: `${signed(spineNet.AP - resNet.AP)} AP`,
      label: `${twins}: ${spineNet.AP.toFixed(1)} and ${resNet.AP.toFixed(1)} on COCO test-dev`,
      source: spineNet.source,
      section: "detection",
    },
    {
      value: `${signed(percentMore(spineNet.multiplyAddsB, resNet.multiplyAddsB)!)}% multiply-adds`,
      label: `${twins}: ${spineNet.multiplyAddsB.toFixed(1)}B and ${resNet.multiplyAddsB.toFixed(1)}B`,
      source: spineNet.source,
      section: "detection",
    },
    {
      value: `${signed(permuted.AP - unpermuted.AP)} AP`,
      label: `by permuting ResNet-50's blocks and joining them across scales (${permuted.model} against ${unpermuted.model}), 640 px, protocol A, on COCO val2017`,
      source: permuted.source,
      section: "what-permuting-buys",
    },
    {
      value: `${signed(classifier.inaturalistTop1 - baseline.inaturalistTop1)} points top-1`,
      label: `${classifier.model} against ${baseline.model} on iNaturalist 2017: ${classifier.inaturalistTop1.toFixed(1)} and ${baseline.inaturalistTop1.toFixed(1)}`,
      source: classifier.source,
      section: "classification",
    },
    {
      value: `${best.AP.toFixed(1)} AP`,
      label: `${best.model}, the largest: RetinaNet at ${best.resolution} px, protocol ${best.protocol}, on COCO test-dev`,
      source: best.source,
      section: "detection",
    },
  ];
}

function only<Row>(rows: readonly Row[], name: string, matches: (row: Row) => boolean): Row {
  const found = rows.filter(matches);
  if (found.length !== 1)
    throw new Error(`data/reference has ${found.length} rows for ${name}, where one is needed`);
  return found[0]!;
}

/** One decimal, with a plus or a true minus sign. */
function signed(value: number): string {
  return `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(1)}`;
}

/** By how many percent `value` is more than `than`. */
export function percentMore(value: number, than: number | null): number | null {
  return than === null ? null : (100 * (value - than)) / than;
}
