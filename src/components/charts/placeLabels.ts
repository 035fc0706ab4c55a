import type { Box } from "./drawing.js";

export type Segment = readonly [from: readonly [x: number, y: number], to: readonly [x: number, y: number]];

interface LabelledPoint {
  readonly x: number;
  readonly y: number;
  readonly text: string;
}

interface PlacedLabel {
  /** Where the text's middle line starts, is centred or ends, depending on `anchor`. */
  readonly x: number;
  readonly y: number;
  readonly anchor: "start" | "middle" | "end";
  readonly box: Box;
}

interface PlaceLabelsOptions {
  readonly frame: Box;
  readonly fontSize: number;
  /** Segments that labels should avoid; one is crossed only if nothing else is free. */
  readonly lines?: readonly Segment[];
  /** Radius around each point that no label may enter. */
  readonly clearance?: number;
}

/** In ems. On the wide side for a sans serif, since there is no font to measure here. */
const characterWidth = 0.56;

/**
 * A place within the frame for each point's label, clear of other labels and of points; null where there is none.
 *
 * Earlier points choose first.
 */
export function placeLabels(
  points: readonly LabelledPoint[],
  { frame, fontSize, lines = [], clearance = 6 }: PlaceLabelsOptions,
): (PlacedLabel | null)[] {
  const taken: Box[] = points.map(({ x, y }) => square(x, y, clearance - 1));
  return points.map((point) => {
    let best: PlacedLabel | null = null;
    let fewest = Number.POSITIVE_INFINITY;
    for (const label of candidates(point, fontSize, clearance)) {
      if (!inside(label.box, frame) || taken.some((box) => overlap(box, label.box))) continue;
      const crossed = lines.filter((line) => crosses(line, label.box)).length;
      if (crossed < fewest) {
        best = label;
        fewest = crossed;
      }
    }
    if (best !== null) taken.push(best.box);
    return best;
  });
}

function candidates({ x, y, text }: LabelledPoint, fontSize: number, clearance: number): PlacedLabel[] {
  const width = text.length * fontSize * characterWidth;
  const half = fontSize * 0.6;
  const near = clearance + 2;
  const away = clearance + half;
  const place = (labelX: number, labelY: number, anchor: PlacedLabel["anchor"]): PlacedLabel => {
    const left = anchor === "start" ? labelX : anchor === "end" ? labelX - width : labelX - width / 2;
    return {
      x: labelX,
      y: labelY,
      anchor,
      box: { left, top: labelY - half, right: left + width, bottom: labelY + half },
    };
  };
  return [
    place(x + near, y, "start"),
    place(x - near, y, "end"),
    place(x, y - away, "middle"),
    place(x, y + away, "middle"),
    place(x + near / 2, y - away, "start"),
    place(x + near / 2, y + away, "start"),
    place(x - near / 2, y - away, "end"),
    place(x - near / 2, y + away, "end"),
    place(x + near, y - away * 1.6, "start"),
    place(x + near, y + away * 1.6, "start"),
    place(x - near, y - away * 1.6, "end"),
    place(x - near, y + away * 1.6, "end"),
  ];
}

function square(x: number, y: number, radius: number): Box {
  return { left: x - radius, top: y - radius, right: x + radius, bottom: y + radius };
}

function inside(box: Box, frame: Box): boolean {
  return (
    box.left >= frame.left && box.right <= frame.right && box.top >= frame.top && box.bottom <= frame.bottom
  );
}

export function overlap(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

/** Whether a segment touches a box, sampled more finely than a letter. */
function crosses([[x1, y1], [x2, y2]]: Segment, box: Box): boolean {
  const steps = Math.max(1, Math.ceil(Math.hypot(x2 - x1, y2 - y1) / 3));
  for (let step = 0; step <= steps; step++) {
    const x = x1 + ((x2 - x1) * step) / steps;
    const y = y1 + ((y2 - y1) * step) / steps;
    if (x >= box.left && x <= box.right && y >= box.top && y <= box.bottom) return true;
  }
  return false;
}
