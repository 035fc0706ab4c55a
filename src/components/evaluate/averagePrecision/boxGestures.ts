import type { CocoBox } from "../../../coco/types.js";
import { type BoxRef, boxOf, type Corner, fitted, smallestSide, withCorner } from "./boxEdits.js";
import { type Example, imageSize } from "./example.js";

export interface GestureHandlers {
  /** The example as it is, and what of it can be taken hold of. */
  readonly example: () => Example;
  readonly category: () => number;
  readonly selected: () => BoxRef | null;
  readonly select: (box: BoxRef | null) => void;
  /** A step of a gesture; all steps of one have its name. */
  readonly moved: (box: BoxRef, bbox: CocoBox, name: string) => void;
  /** A new detection is being drawn; null where there may be no more. */
  readonly begun: (bbox: CocoBox, name: string) => BoxRef | null;
  readonly ended: () => void;
  /** The pointer is on this detection, or on none. */
  readonly pointed: (detection: number | null) => void;
}

interface Gesture {
  readonly name: string;
  readonly from: readonly [x: number, y: number];
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
 */
export function boxGestures(svg: SVGSVGElement, image: number, handlers: GestureHandlers): void {
  let gesture: Gesture | null = null;
  let count = 0;

  const at = (event: PointerEvent): [x: number, y: number] => {
    const { left, top, width, height } = svg.getBoundingClientRect();
    return [
      ((event.clientX - left) / width) * imageSize.width,
      ((event.clientY - top) / height) * imageSize.height,
    ];
  };

  svg.addEventListener("pointerdown", (event) => {
    if (!event.isPrimary || event.button !== 0) return;
    const target = event.target instanceof Element ? event.target : svg;
    const corner = cornerOf(target);
    const selected = handlers.selected();
    const isHeld = corner !== null || target.classList.contains("hold");
    const isFinger = event.pointerType === "touch";
    const from = at(event);
    const box = isHeld ? selected : (tagOf(target) ?? under(handlers, image, from)[0] ?? null);
    // A finger that holds nothing scrolls, unless it turns out to be a tap; see "click".
    if (isFinger && !isHeld) return;
    event.preventDefault();
    svg.setPointerCapture(event.pointerId);
    if (!isHeld) handlers.select(box);
    gesture = {
      name: `gesture-${image}-${count++}`,
      from,
      corner,
      isNew: box === null,
      bbox:
        box === null ? fitted([...from, smallestSide, smallestSide]) : boxOf(handlers.example(), box).bbox,
      box,
      hasMoved: false,
    };
  });

  svg.addEventListener("pointermove", (event) => {
    const [x, y] = at(event);
    if (gesture === null) {
      const over = under(handlers, image, [x, y]).find(({ kind }) => kind === "detection");
      handlers.pointed(over?.index ?? null);
      return;
    }
    const across = x - gesture.from[0];
    const down = y - gesture.from[1];
    if (!gesture.hasMoved && Math.hypot(across, down) < leastMove) return;
    gesture.hasMoved = true;
    const bbox = boxAfter(gesture, across, down);
    gesture.box ??= handlers.begun(bbox, gesture.name);
    if (gesture.box === null) gesture = null;
    else handlers.moved(gesture.box, bbox, gesture.name);
  });

  const end = (event: PointerEvent) => {
    if (gesture === null) return;
    const { hasMoved, from, corner, isNew } = gesture;
    gesture = null;
    if (hasMoved) handlers.ended();
    else if (event.type === "pointerup" && corner === null && !isNew) chooseNext(from);
  };
  svg.addEventListener("pointerup", end);
  svg.addEventListener("pointercancel", end);
  svg.addEventListener("pointerleave", () => handlers.pointed(null));
  svg.addEventListener("click", (event) => {
    // Mice have chosen when they were pressed.
    if (!(event instanceof PointerEvent) || event.pointerType !== "touch") return;
    const target = event.target instanceof Element ? event.target : svg;
    if (cornerOf(target) !== null || target.classList.contains("hold")) return;
    handlers.select(tagOf(target) ?? under(handlers, image, at(event))[0] ?? null);
    pressedBefore = handlers.selected();
  });

  let pressedBefore: BoxRef | null = null;
  const chooseNext = (point: readonly [number, number]) => {
    const boxes = under(handlers, image, point);
    const selected = handlers.selected();
    const place = boxes.findIndex((box) => isSame(box, selected));
    // The first press only chose it.
    if (isSame(pressedBefore, selected) && place >= 0) handlers.select(boxes[(place + 1) % boxes.length]!);
    pressedBefore = handlers.selected();
  };
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

function isSame(a: BoxRef | null, b: BoxRef | null): boolean {
  return a?.kind === b?.kind && a?.index === b?.index;
}

function cornerOf(target: Element): Corner | null {
  const corner = target.closest("[data-corner]")?.getAttribute("data-corner");
  return corner === "nw" || corner === "ne" || corner === "sw" || corner === "se" ? corner : null;
}

function tagOf(target: Element): BoxRef | null {
  const [kind, index] = target.closest("[data-tag]")?.getAttribute("data-tag")?.split("-") ?? [];
  return kind === "object" || kind === "detection" ? { kind, index: Number(index) } : null;
}

/** The boxes of the shown category around a point, the smallest first. */
function under(
  { example, category }: GestureHandlers,
  image: number,
  [across, down]: readonly [number, number],
): BoxRef[] {
  const { objects, detections } = example();
  const refs = [
    ...detections.map((box, index) => ({ box, ref: { kind: "detection", index } as const })),
    ...objects.map((box, index) => ({ box, ref: { kind: "object", index } as const })),
  ];
  return refs
    .filter(({ box }) => {
      const [x, y, width, height] = box.bbox;
      const isInside = across >= x && across <= x + width && down >= y && down <= y + height;
      return box.image === image && box.category === category() && isInside;
    })
    .sort(({ box: a }, { box: b }) => a.bbox[2] * a.bbox[3] - b.bbox[2] * b.bbox[3])
    .map(({ ref }) => ref);
}
