import type { BoxRef } from "./boxEdits.js";
import { areaOf } from "./example.js";
import type { ApStore } from "./store.js";

/** In pixels of the image. */
export type Point = readonly [x: number, y: number];

/** Chooses among the boxes of one image, which may cover one another. */
export class BoxChoice {
  /** The box that was chosen after the last press. */
  private pressedBefore: BoxRef | null = null;

  /** @param focus focuses a box */
  constructor(
    private readonly image: number,
    private readonly store: ApStore,
    private readonly focus: (box: BoxRef) => void,
  ) {}

  choose(box: BoxRef | null): void {
    this.store.select(box);
    if (box !== null) this.focus(box);
  }

  /** Chooses a box by a tap, which is its first press. */
  tap(box: BoxRef | null): void {
    this.choose(box);
    this.pressedBefore = this.store.shown.selected;
  }

  /** After a press that was not a drag: where it is not the first on the chosen box, chooses the next one beneath. */
  press(point: Point): void {
    const boxes = this.boxesAt(point);
    const { selected } = this.store.shown;
    const place = boxes.findIndex((box) => isSame(box, selected));
    if (isSame(this.pressedBefore, selected) && place >= 0) this.choose(boxes[(place + 1) % boxes.length]!);
    this.pressedBefore = this.store.shown.selected;
  }

  smallestAt(point: Point): BoxRef | null {
    return this.boxesAt(point)[0] ?? null;
  }

  /** The boxes of the shown category around a point, the smallest first. */
  boxesAt([across, down]: Point): BoxRef[] {
    const { example, view } = this.store.shown;
    const refs = [
      ...example.detections.map((box, index) => ({ ...box, ref: { kind: "detection", index } as const })),
      ...example.objects.map((box, index) => ({ ...box, ref: { kind: "object", index } as const })),
    ];
    const under = refs.filter(({ bbox: [x, y, width, height], ...box }) => {
      const isInside = across >= x && across <= x + width && down >= y && down <= y + height;
      return box.image === this.image && box.category === view.category && isInside;
    });
    return under.toSorted((a, b) => areaOf(a.bbox) - areaOf(b.bbox)).map(({ ref }) => ref);
  }
}

function isSame(a: BoxRef | null, b: BoxRef | null): boolean {
  return a?.kind === b?.kind && a?.index === b?.index;
}
