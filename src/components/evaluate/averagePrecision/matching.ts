import type { AreaRange } from "../../../coco/parameters.js";
import type { CocoBox } from "../../../coco/types.js";
import { areaOf, type Example } from "./example.js";

export interface MatchSettings {
  /** Index of the category that is matched. */
  readonly category: number;
  /** Least intersection over union at which an object counts as found. */
  readonly iou: number;
  readonly area: AreaRange;
  /** How many detections of an image count, best first. */
  readonly maxDets: number;
}

/** "ignored" is neither right nor wrong; "uncounted" comes after an image's last detection that counts. */
export type Verdict = "right" | "wrong" | "ignored" | "uncounted";

type Reason =
  | "found"
  | "too loose"
  | "duplicate"
  | "other category"
  | "background"
  | "crowd"
  | "ignored object"
  | "object of another size"
  | "of another size"
  | "beyond the limit";

/** What became of one detection. */
export interface DetectionOutcome {
  /** Index among the example's detections. */
  readonly detection: number;
  readonly verdict: Verdict;
  readonly reason: Reason;
  /** Index of the object that it took or, where it took none, that it overlaps most; null where it overlaps none. */
  readonly object: number | null;
  /** With that object; of the detection's own area if the object is a crowd. */
  readonly iou: number;
}

export interface Matching {
  /** Detections that count, best first over all images; of equal scores the earlier image's first. */
  readonly ranking: readonly DetectionOutcome[];
  readonly uncounted: readonly DetectionOutcome[];
  /** By object: place in the ranking, from 0, of the detection that took it; crowds may have taken more than that one. */
  readonly takenBy: ReadonlyMap<number, number>;
  /** Indices of the objects to be found. */
  readonly positives: readonly number[];
}

/** A detection that overlaps no object by more lies on the background: TIDE's bound (Bolya et al., ECCV 2020). */
const backgroundOverlap = 0.1;

/** An overlap of exactly 1 must pass a threshold of 1 whatever its last bit. */
const highestThreshold = 1 - 1e-10;

/**
 * Matches detections with objects as COCO's evaluation does, and says why each is right or wrong. Best score first,
 * a detection takes the free object of its image and category that it overlaps most, if by `iou` at least: one that
 * counts rather than one that is ignored, the later of two that overlap alike. A crowd is never used up.
 */
export function matchExample(example: Example, settings: MatchSettings): Matching {
  const { category, area, maxDets } = settings;
  const outside = (pixels: number) => pixels < area.min || pixels > area.max;
  const ofCategory = example.objects.flatMap((object, index) =>
    object.category === category ? [{ ...object, index }] : [],
  );
  const isIgnored = ({ mark, bbox }: (typeof ofCategory)[number]) =>
    mark !== "counted" || outside(areaOf(bbox));
  const ordered = [
    ...ofCategory.filter((object) => !isIgnored(object)),
    ...ofCategory.filter((object) => isIgnored(object)),
  ];

  const counts = new Map<number, number>();
  const all = example.detections
    .map((detection, index) => ({ ...detection, index }))
    .filter((detection) => detection.category === category)
    .sort((a, b) => b.score - a.score || a.image - b.image || a.index - b.index)
    .map((detection) => {
      const place = counts.get(detection.image) ?? 0;
      counts.set(detection.image, place + 1);
      return { ...detection, isCounted: place < maxDets };
    });

  const takenBy = new Map<number, number>();
  const ranking = all
    .filter(({ isCounted }) => isCounted)
    .map((detection, rank): DetectionOutcome => {
      let taken: (typeof ordered)[number] | null = null;
      let best = Math.min(settings.iou, highestThreshold);
      for (const object of ordered) {
        if (object.image !== detection.image) continue;
        if (takenBy.has(object.index) && object.mark !== "crowd") continue;
        if (taken !== null && !isIgnored(taken) && isIgnored(object)) break;
        const iou = overlapOf(detection.bbox, object.bbox, object.mark === "crowd");
        if (iou >= best) [taken, best] = [object, iou];
      }
      if (taken === null) return untaken(example, detection.index, settings.iou, takenBy, outside);
      if (!takenBy.has(taken.index)) takenBy.set(taken.index, rank);
      const common = { detection: detection.index, object: taken.index, iou: best };
      if (!isIgnored(taken)) return { ...common, verdict: "right", reason: "found" };
      const { mark } = taken;
      const reason =
        mark === "crowd" ? "crowd" : mark === "ignored" ? "ignored object" : "object of another size";
      return { ...common, verdict: "ignored", reason };
    });
  const uncounted = all
    .filter(({ isCounted }) => !isCounted)
    .map(({ index }): DetectionOutcome => {
      const { object, iou } = mostOverlapped(example, index, (other) => other.category === category);
      return { detection: index, verdict: "uncounted", reason: "beyond the limit", object, iou };
    });
  const positives = ofCategory.filter((object) => !isIgnored(object)).map(({ index }) => index);
  return { ranking, uncounted, takenBy, positives };
}

/** What to say of a detection that took nothing. */
function untaken(
  example: Example,
  index: number,
  threshold: number,
  takenBy: ReadonlyMap<number, number>,
  outside: (area: number) => boolean,
): DetectionOutcome {
  const { category, bbox } = example.detections[index]!;
  const own = mostOverlapped(example, index, (object) => object.category === category);
  const other = mostOverlapped(example, index, (object) => object.category !== category);
  if (outside(areaOf(bbox))) {
    return { detection: index, verdict: "ignored", reason: "of another size", ...own };
  }
  const wrong = { detection: index, verdict: "wrong" } as const;
  if (own.object !== null && own.iou >= threshold && takenBy.has(own.object)) {
    return { ...wrong, reason: "duplicate", ...own };
  }
  if (other.iou >= threshold && own.iou < threshold) return { ...wrong, reason: "other category", ...other };
  return { ...wrong, reason: own.iou > backgroundOverlap ? "too loose" : "background", ...own };
}

function mostOverlapped(
  { objects, detections }: Example,
  index: number,
  fits: (object: Example["objects"][number]) => boolean,
): { readonly object: number | null; readonly iou: number } {
  const { image, bbox } = detections[index]!;
  let object: number | null = null;
  let iou = 0;
  for (const [candidate, other] of objects.entries()) {
    if (other.image !== image || !fits(other)) continue;
    const overlap = overlapOf(bbox, other.bbox, other.mark === "crowd");
    if (overlap > iou) [object, iou] = [candidate, overlap];
  }
  return { object, iou };
}

/** Intersection over union; of a crowd, over the detection's own area. */
export function overlapOf(
  [x, y, width, height]: CocoBox,
  [otherX, otherY, otherWidth, otherHeight]: CocoBox,
  isCrowd = false,
): number {
  const across = Math.min(width + x, otherWidth + otherX) - Math.max(x, otherX);
  const down = Math.min(height + y, otherHeight + otherY) - Math.max(y, otherY);
  if (!(across > 0 && down > 0)) return 0;
  const intersection = across * down;
  const area = width * height;
  return intersection / (isCrowd ? area : area + otherWidth * otherHeight - intersection);
}
