import type { CocoBox } from "../../../coco/types.js";
import { BoxChoice, type Point } from "./boxChoice.js";
import {
  type BoxRef,
  boxOf,
  type Corner,
  fitted,
  isFull,
  smallestSide,
  withBox,
  withCorner,
  withDetection,
} from "./boxEdits.js";
import { imageSize } from "./example.js";
import type { ApStore } from "./store.js";

interface Gesture {
  readonly name: string;
  readonly from: Point;
  readonly corner: Corner | null;
  readonly bbox: CocoBox;
  readonly isNew: boolean;
  /** Null until a new box is large enough to be one. */
  box: BoxRef | null;
  hasMoved: boolean;
}

/** Less than this is a press, not a drag; in pixels of the image. */
const leastMove = 3;

/**
 * Lets a pointer move boxes, draw their corners out and draw new ones. A finger first chooses a box and then drags
 * it, so that it can also scroll past the picture; pressing a chosen box again chooses the next one beneath.
 *
 * @param focus focuses a box
 */
export function boxGestures(
  svg: SVGSVGElement,
  image: number,
  store: ApStore,
  focus: (box: BoxRef) => void,
): void {
  const choice = new BoxChoice(image, store, focus);
  let gesture: Gesture | null = null;
  let count = 0;

  function begin(event: PointerEvent): void {
    if (!event.isPrimary || event.button !== 0) return;
    const grip = gripOf(event);
    // A finger that holds nothing scrolls, unless it turns out to be a tap; see "click".
    if (event.pointerType === "touch" && !grip.isHeld) return;
    event.preventDefault();
    svg.setPointerCapture(event.pointerId);
    const from = pointOf(event, svg);
    const { example, selected } = store.shown;
    const box = grip.isHeld ? selected : (grip.tagged ?? choice.smallestAt(from));
    if (!grip.isHeld) choice.choose(box);
    gesture = {
      name: `gesture-${image}-${count++}`,
      from,
      corner: grip.corner,
      isNew: box === null,
      bbox: box === null ? fitted([...from, smallestSide, smallestSide]) : boxOf(example, box).bbox,
      box,
      hasMoved: false,
    };
  }

  function move(event: PointerEvent): void {
    const point = pointOf(event, svg);
    if (gesture === null) {
      const over = choice.boxesAt(point).find(({ kind }) => kind === "detection");
      store.point(over?.index ?? null);
      return;
    }
    const across = point[0] - gesture.from[0];
    const down = point[1] - gesture.from[1];
    if (!gesture.hasMoved && Math.hypot(across, down) < leastMove) return;
    gesture.hasMoved = true;
    const bbox = boxAfter(gesture, across, down);
    const { example, view } = store.shown;
    const { name, box } = gesture;
    if (box !== null) {
      store.edit(withBox(example, box, bbox), name, box);
      return;
    }
    if (isFull(example, "detection", view.category)) {
      gesture = null;
      return;
    }
    gesture.box = { kind: "detection", index: example.detections.length };
    const detection = { image, category: view.category, bbox, score: 0.5 };
    store.edit(withDetection(example, detection), name, gesture.box);
  }

  function end(event: PointerEvent): void {
    if (gesture === null) return;
    const { hasMoved, from, corner, isNew } = gesture;
    gesture = null;
    const { selected } = store.shown;
    if (hasMoved && selected !== null) focus(selected);
    else if (!hasMoved && event.type === "pointerup" && corner === null && !isNew) choice.press(from);
  }

  function tap(event: MouseEvent): void {
    // Mice have chosen when they were pressed.
    if (!(event instanceof PointerEvent) || event.pointerType !== "touch") return;
    const { isHeld, tagged } = gripOf(event);
    if (isHeld) return;
    choice.tap(tagged ?? choice.smallestAt(pointOf(event, svg)));
  }

  svg.addEventListener("pointerdown", begin);
  svg.addEventListener("pointermove", move);
  svg.addEventListener("pointerup", end);
  svg.addEventListener("pointercancel", end);
  svg.addEventListener("pointerleave", () => store.point(null));
  svg.addEventListener("click", tap);
}

/** Where an event is, in pixels of the image. */
function pointOf(event: PointerEvent, svg: SVGSVGElement): Point {
  const { left, top, width, height } = svg.getBoundingClientRect();
  return [
    ((event.clientX - left) / width) * imageSize.width,
    ((event.clientY - top) / height) * imageSize.height,
  ];
}

/** What an event takes hold of: a corner of the chosen box, that box itself, or a box by its tag. */
function gripOf({ target }: Event) {
  if (!(target instanceof Element)) return { corner: null, isHeld: false, tagged: null };
  const corner = cornerOf(target);
  return { corner, isHeld: corner !== null || target.classList.contains("hold"), tagged: tagOf(target) };
}

function boxAfter({ bbox, corner, from, isNew }: Gesture, across: number, down: number): CocoBox {
  const [x, y, width, height] = bbox;
  if (isNew) {
    const [left, top] = from;
    return fitted([
      Math.min(left, left + across),
      Math.min(top, top + down),
      Math.abs(across),
      Math.abs(down),
    ]);
  }
  return corner === null
    ? fitted([x + across, y + down, width, height])
    : withCorner(bbox, corner, across, down);
}

function cornerOf(target: Element): Corner | null {
  const corner = target.closest("[data-corner]")?.getAttribute("data-corner");
  return corner === "nw" || corner === "ne" || corner === "sw" || corner === "se" ? corner : null;
}

function tagOf(target: Element): BoxRef | null {
  const [kind, index] = target.closest("[data-tag]")?.getAttribute("data-tag")?.split("-") ?? [];
  return kind === "object" || kind === "detection" ? { kind, index: Number(index) } : null;
}
