import { readFileSync } from "node:fs";
import type { CocoBox } from "../../../src/coco/types.js";

type Size = [height: number, width: number];

/** What pycocotools makes of outlines, boxes and runs; masks are its strings. */
interface MaskReference {
  readonly polygons: readonly {
    readonly name: string;
    readonly size: Size;
    readonly outlines: number[][];
    readonly counts: string;
    readonly area: number;
    readonly box: CocoBox;
  }[];
  readonly boxes: readonly { readonly size: Size; readonly box: CocoBox; readonly counts: string }[];
  readonly runs: readonly {
    readonly size: Size;
    readonly runs: number[];
    readonly counts: string;
    readonly area: number;
    readonly box: CocoBox;
  }[];
  readonly merges: readonly {
    readonly size: Size;
    readonly masks: string[];
    readonly union: string;
    readonly intersection: string;
  }[];
  readonly ious: readonly {
    readonly size: Size;
    readonly detections: string[];
    readonly groundTruths: string[];
    readonly crowd: number[];
    readonly ious: number[][];
  }[];
}

export const maskReference: MaskReference = JSON.parse(
  readFileSync(new URL("../../reference/masks.json", import.meta.url), "utf8"),
);

/** The name of the case a test is about, where cases have none. */
export function numbered<Case>(cases: readonly Case[]): (Case & { readonly index: number })[] {
  return cases.map((one, index) => ({ ...one, index }));
}
