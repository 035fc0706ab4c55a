import type { ResultsTableName } from "../../../src/pageData/results.js";
import { loadPublished, type PublishedRow } from "../../records/publishedTables.js";
import { rowId } from "./rows.js";

/** How a network was trained and what it was measured on. */
export interface Trained {
  readonly split: string;
  readonly epochs: number | null;
}

/** A number that a source prints, with all that must be alike for another source's number to be of the same thing. */
export interface PrintedNumber {
  readonly detector: string;
  readonly model: string;
  readonly modelId: string | null;
  readonly resolution: number | null;
  /** Null of costs, which no training changes. */
  readonly trained: Trained | null;
  readonly quantity: string;
  readonly value: number;
  readonly source: string;
  /** The cell of the page that shows it; null where none does. */
  readonly shown: { readonly table: ResultsTableName; readonly id: string; readonly key: string } | null;
}

/** How long the paper's protocols train (section 5.1). */
const protocolEpochs = { A: 250, B: 350, C: 500 } as const;

const byProtocol = (split: string, protocol: keyof typeof protocolEpochs): Trained => ({
  split,
  epochs: protocolEpochs[protocol],
});
const onVal = ({ epochs }: { readonly epochs: number | null }): Trained => ({ split: "val2017", epochs });

/** Every cost and main accuracy that data/reference has of detectors and classifiers, those of the paper first. */
export async function printedNumbers(): Promise<PrintedNumber[]> {
  const garden = await loadPublished("model-garden");
  return [
    ...(await loadPublished("detection-test-dev")).flatMap((row) =>
      cells("detection", "RetinaNet", row, byProtocol("test-dev", row.protocol)),
    ),
    // Table 4 names no protocol; its other two rows are those of Table 2 under protocol B.
    ...(await loadPublished("latency")).flatMap((row) =>
      cells("latency", "RetinaNet", row, byProtocol("test-dev", "B")),
    ),
    ...(await loadPublished("permuting-resnet")).flatMap((row) =>
      cells("permuting", "RetinaNet", row, byProtocol("val2017", "A"), 640),
    ),
    ...(await loadPublished("mask-rcnn")).flatMap((row) =>
      cells("masks", "Mask R-CNN", row, byProtocol(row.split, row.protocol)),
    ),
    ...(await loadPublished("mobile")).flatMap((row) =>
      cells("mobile", "RetinaNet", row, { split: "test-dev", epochs: null }),
    ),
    ...(await loadPublished("classification")).flatMap((row) =>
      cells("classification", "classifier", row, { split: "ImageNet", epochs: 200 }, 224),
    ),
    ...(await loadPublished("zoo-retinanet")).flatMap((row) =>
      cells("zooRetinaNet", "RetinaNet", row, onVal(row)),
    ),
    ...(await loadPublished("zoo-mask-rcnn")).flatMap((row) =>
      cells("zooMaskRcnn", "Mask R-CNN", row, onVal(row)),
    ),
    ...garden.flatMap((row) =>
      cells("modelGarden", row.detector, row, onVal(row), gardenResolution(row, garden)),
    ),
    ...(await loadPublished("second-printings")).map(({ split, epochs, ...number }) => ({
      ...number,
      trained: { split, epochs },
      shown: null,
    })),
  ];
}

type Cells = Readonly<Record<string, string | number | null>> & {
  readonly model: string;
  readonly modelId: string | null;
  readonly source: string;
};

const costs = ["multiplyAddsB", "parametersM"] as const;
const accuracies = ["AP", "boxAP", "maskAP", "imagenetTop1"] as const;

/** @param resolution where the row does not say it, or says it for its whole table */
function cells(
  table: ResultsTableName,
  detector: string,
  row: Cells,
  trained: Trained,
  resolution = typeof row.resolution === "number" ? row.resolution : null,
): PrintedNumber[] {
  const { model, modelId, source } = row;
  const of = (key: string, quantity: string, how: Trained | null): PrintedNumber[] => {
    const value = row[key];
    if (typeof value !== "number") return [];
    const shown = { table, id: rowId(row), key };
    return [{ detector, model, modelId, resolution, trained: how, quantity, value, source, shown }];
  };
  return [
    ...costs.flatMap((key) => of(key, key, null)),
    // A detector without masks has one AP, whatever its column is called.
    ...accuracies.flatMap((key) =>
      of(key, key === "boxAP" && detector === "RetinaNet" ? "AP" : key, trained),
    ),
  ];
}

type GardenRow = PublishedRow<"model-garden">;

/** The earlier page names no size; on the later each network has one. */
function gardenResolution(row: GardenRow, rows: readonly GardenRow[]): number | null {
  const alike = rows.find(({ detector, model, resolution }) => {
    return detector === row.detector && model === row.model && resolution !== null;
  });
  return row.resolution ?? alike?.resolution ?? null;
}
