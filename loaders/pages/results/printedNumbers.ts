import * as aq from "arquero";
import type { ResultsTableName } from "../../../src/pageData/results.js";
import type { Cell, ResultsRow } from "../../../src/pageData/resultsTable.js";
import { loadPublished } from "../../records/publishedTables.js";
import { rowsOf } from "../rowsOf.js";
import { rowId } from "./rows.js";

/** A number that a source prints, with all that must be equal for another source's number to be of the same thing. */
export interface PrintedNumber {
  readonly detector: string;
  readonly model: string;
  readonly modelId: string | null;
  readonly resolution: number | null;
  /** What it was measured on; null for costs, which do not depend on training. */
  readonly split: string | null;
  /** How long the network was trained; null where that is not printed, and for costs. */
  readonly epochs: number | null;
  readonly quantity: string;
  readonly value: number;
  readonly source: string;
  /** The cell of the page that shows it: its table, row and column; null where none does. */
  readonly table: ResultsTableName | null;
  readonly id: string | null;
  readonly key: string | null;
}

/** How long the paper's protocols train (section 5.1). */
const protocolEpochs: Readonly<Record<string, number>> = { A: 250, B: 350, C: 500 };

const costs = ["multiplyAddsB", "parametersM"];
const accuracies = ["AP", "boxAP", "maskAP", "imagenetTop1"];
const cell = ["table", "id"];
const setting = ["detector", "model", "modelId", "resolution", "split", "epochs"];

/** Every cost and main accuracy of detectors and classifiers in data/reference, the paper's first. */
export async function printedNumbers(): Promise<PrintedNumber[]> {
  const onTestDev = { detector: "RetinaNet", split: "test-dev" };
  const onVal = { detector: "RetinaNet", split: "val2017" };
  const rows = [
    ...rowsIn("detection", await loadPublished("detection-test-dev"), onTestDev),
    // Table 4 names no protocol; its other two rows are those of Table 2 under protocol B.
    ...rowsIn("latency", await loadPublished("latency"), { ...onTestDev, protocol: "B" }),
    ...rowsIn("permuting", await loadPublished("permuting-resnet"), {
      ...onVal,
      protocol: "A",
      resolution: 640,
    }),
    ...rowsIn("masks", await loadPublished("mask-rcnn"), { detector: "Mask R-CNN" }),
    ...rowsIn("mobile", await loadPublished("mobile"), onTestDev),
    ...rowsIn("classification", await loadPublished("classification"), {
      detector: "classifier",
      split: "ImageNet",
      epochs: 200,
      resolution: 224,
    }),
    ...rowsIn("zooRetinaNet", await loadPublished("zoo-retinanet"), onVal),
    ...rowsIn("zooMaskRcnn", await loadPublished("zoo-mask-rcnn"), { ...onVal, detector: "Mask R-CNN" }),
    ...rowsIn("modelGarden", await loadPublished("model-garden"), { split: "val2017" }),
  ];
  const numbers = aq
    .from(rows, [...cell, ...setting, "protocol", "source", ...costs, ...accuracies])
    // The Model Garden's earlier page names no size; on the later each network has one.
    .groupby("table", "detector", "model")
    .derive({ onlyResolution: aq.op.any("resolution") })
    .ungroup()
    .fold([...costs, ...accuracies], { as: ["key", "value"] })
    .filter(aq.escape(({ value }: ResultsRow) => typeof value === "number"))
    .derive({
      resolution: aq.escape((row: ResultsRow) => row.resolution ?? row.onlyResolution ?? null),
      // A detector without masks has one AP, whatever its column is called.
      quantity: aq.escape(({ key, detector }: ResultsRow) =>
        key === "boxAP" && detector === "RetinaNet" ? "AP" : key,
      ),
      split: aq.escape(({ key, split }: ResultsRow) => (isCost(key) ? null : split)),
      epochs: aq.escape(({ key, epochs, protocol }: ResultsRow) =>
        isCost(key) ? null : (epochs ?? protocolEpochs[String(protocol)] ?? null),
      ),
    })
    .select(...cell, "key", ...setting, "quantity", "value", "source");
  return [
    ...rowsOf<PrintedNumber>(numbers),
    ...(await loadPublished("second-printings")).map((row) => ({ ...row, table: null, id: null, key: null })),
  ];
}

/** A table's rows, with the id of each on the page, and the settings that hold for all of them. */
function rowsIn(
  table: ResultsTableName,
  rows: readonly ResultsRow[],
  holdsForAll: ResultsRow,
): readonly ResultsRow[] {
  return rows.map((row) => ({ ...row, ...holdsForAll, table, id: rowId(row) }));
}

function isCost(key: Cell | undefined): boolean {
  return costs.includes(String(key));
}
