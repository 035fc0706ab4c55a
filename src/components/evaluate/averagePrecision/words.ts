import { type BoxRef, boxOf } from "./boxEdits.js";
import { areaOf, type Example, exampleCategories, exampleImages, letterOf } from "./example.js";
import type { DetectionOutcome } from "./matching.js";
import type { ApShown } from "./store.js";

/** What became of each detection, by its index; of the shown category only. */
export function outcomesByDetection({ matching }: ApShown): Map<number, DetectionOutcome> {
  return new Map([...matching.ranking, ...matching.uncounted].map((outcome) => [outcome.detection, outcome]));
}

/** Place in the ranking, from 1, by index of the detection. */
export function ranksByDetection({ matching }: ApShown): Map<number, number> {
  return new Map(matching.ranking.map(({ detection }, index) => [detection, index + 1]));
}

/** Why a detection is right or wrong, in a few words: "found A". */
export function reasonText(
  { example, matching }: ApShown,
  { reason, object, verdict }: DetectionOutcome,
): string {
  const letter = object === null ? "" : letterOf(example, object);
  switch (reason) {
    case "found":
      return `found ${letter}`;
    case "too loose":
      return `too little of ${letter}`;
    case "duplicate":
      return `${letter} again; ${Number(matching.takenBy.get(object ?? -1)) + 1} has it`;
    case "other category":
      return `${exampleCategories[example.objects[object ?? 0]!.category]} ${letter}`;
    case "background":
      return "nothing there";
    case "crowd":
      return `in crowd ${letter}`;
    case "ignored object":
      return `on ${letter}, ignored`;
    case "object of another size":
      return `on ${letter}, of another size`;
    case "of another size":
      return "of another size";
    case "beyond the limit":
      return verdict === "uncounted" ? "beyond the limit" : "";
  }
}

/** An object's outcome: "found by 2", "missed", "a crowd", … */
export function objectText({ example, matching, view }: ApShown, index: number): string {
  const { mark } = example.objects[index]!;
  if (mark === "crowd") return "a crowd, not to be found";
  if (mark === "ignored") return "ignored";
  if (!matching.positives.includes(index)) return `not ${view.area}, so ignored`;
  const rank = matching.takenBy.get(index);
  return rank === undefined ? "missed" : `found by ${rank + 1}`;
}

/** "Detection 2", "House A". */
export function boxName(shown: ApShown, { kind, index }: BoxRef): string {
  if (kind === "detection") {
    const rank = ranksByDetection(shown).get(index);
    return rank === undefined ? "Detection without a rank" : `Detection ${rank}`;
  }
  const name = exampleCategories[shown.example.objects[index]!.category]!;
  return `${name[0]!.toUpperCase()}${name.slice(1)} ${letterOf(shown.example, index)}`;
}

/** A box with all that is known of it, for a reader who does not see it. */
export function boxSentence(shown: ApShown, ref: BoxRef): string {
  const { image, bbox } = boxOf(shown.example, ref);
  const place = `${placeText(bbox)}, in ${exampleImages[image]!.title}`;
  if (ref.kind === "object") {
    return `${boxName(shown, ref)}: ${objectText(shown, ref.index)}. ${place}; ${areaOf(bbox)} square pixels.`;
  }
  const outcome = outcomesByDetection(shown).get(ref.index);
  const score = shown.example.detections[ref.index]!.score.toFixed(2);
  const became =
    outcome === undefined
      ? "of the other class"
      : `${verdictText(outcome.verdict)}, ${reasonText(shown, outcome)}, overlap ${outcome.iou.toFixed(2)}`;
  return `${boxName(shown, ref)}, score ${score}: ${became}. ${place}.`;
}

function placeText([x, y, width, height]: Example["objects"][number]["bbox"]): string {
  return `${x} from the left, ${y} from the top, ${width} by ${height} pixels`;
}

export function verdictText(verdict: DetectionOutcome["verdict"]): string {
  return verdict === "uncounted" ? "not counted" : verdict;
}

/** A verdict's sign, so that colour alone does not tell them apart. */
export const verdictSigns = { right: "✓", wrong: "✗", ignored: "–", uncounted: "·" } as const;

/** A fraction with three digits, "0.612"; a dash where nothing is to be found. */
export function fractionText(value: number | null): string {
  return value === null || value < 0 ? "–" : value.toFixed(3);
}
