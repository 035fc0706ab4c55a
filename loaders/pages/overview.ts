import { greatest } from "d3";
import type { Headline } from "../../src/pageData/overview.js";
import type { ResultsRow } from "../../src/pageData/resultsTable.js";
import { loadPublished } from "../records/publishedTables.js";

/** The published numbers that say what SpineNet is worth, for the pages that open with them. */
export async function loadHeadlines(): Promise<readonly Headline[]> {
  const detection = await loadPublished("detection-test-dev");
  const permuting = await loadPublished("permuting-resnet");
  const classification = await loadPublished("classification");
  const spineNet = only(detection, { model: "SpineNet-49", protocol: "B", resolution: 640 });
  const resNet = only(detection, { model: "R50-FPN", protocol: "B", resolution: 640 });
  const permuted = only(permuting, { model: "R0-SP53" });
  const unpermuted = only(permuting, { model: "R50-FPN" });
  const classifier = only(classification, { model: "SpineNet-49" });
  const baseline = only(classification, { model: "ResNet-50" });
  const best = greatest(detection, ({ AP }) => AP)!;
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

/** The one row that has all the cells wanted. @throws Error if there is none, or another one */
function only<Row extends ResultsRow>(rows: readonly Row[], wanted: Partial<Row>): Row {
  const found = rows.filter((row) => Object.entries(wanted).every(([key, cell]) => row[key] === cell));
  if (found.length === 1) return found[0]!;
  throw new Error(
    `data/reference has ${found.length} rows with ${JSON.stringify(wanted)}, where one is needed`,
  );
}

/** One decimal, with a plus or a true minus sign. */
function signed(value: number): string {
  return `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(1)}`;
}

/** By how many percent `value` is more than `than`. */
export function percentMore(value: number, than: number | null): number | null {
  return than === null ? null : (100 * (value - than)) / than;
}
