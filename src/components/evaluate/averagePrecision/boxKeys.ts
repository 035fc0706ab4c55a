import type { CocoBox } from "../../../coco/types.js";
import { type BoxRef, boxOf, fitted, withBox, withCorner, without, withScore } from "./boxEdits.js";
import type { ApStore } from "./store.js";

/** Of one press of an arrow, in pixels. */
const stride = 4;
const scoreStride = 0.05;

const arrows: Readonly<Record<string, readonly [across: number, down: number]>> = {
  ArrowLeft: [-stride, 0],
  ArrowRight: [stride, 0],
  ArrowUp: [0, -stride],
  ArrowDown: [0, stride],
};

/**
 * What a key does to the box that has the focus: arrows move it, with Shift its lower right corner; Page Up and Down
 * change a detection's score; Delete removes it. Returns whether the key means anything.
 */
export function keyOnBox(store: ApStore, box: BoxRef, { key, shiftKey }: KeyboardEvent): boolean {
  const { example } = store.shown;
  const name = (what: string) => `${what}-${box.kind}-${box.index}`;
  const arrow = arrows[key];
  if (arrow !== undefined) {
    const [across, down] = arrow;
    const { bbox } = boxOf(example, box);
    const [x, y, width, height] = bbox;
    const next: CocoBox = shiftKey
      ? withCorner(bbox, "se", across, down)
      : fitted([x + across, y + down, width, height]);
    store.edit(withBox(example, box, next), name(shiftKey ? "resize" : "move"), box);
    return true;
  }
  if (box.kind === "detection" && (key === "PageUp" || key === "PageDown")) {
    const score = example.detections[box.index]!.score + (key === "PageUp" ? scoreStride : -scoreStride);
    store.edit(withScore(example, box.index, score), name("score"), box);
    return true;
  }
  if (key === "Delete" || key === "Backspace") {
    store.edit(without(example, box), null, null);
    return true;
  }
  return false;
}
