import { extent, scaleLinear, scaleLog, symbolCircle, symbolSquare, symbolTriangle } from "d3";
import type { ScatterPoint } from "../../../pageData/results.js";
import { tenth } from "../../charts/drawing.js";
import { background, familyColours } from "../../charts/palette.js";
import type { SymbolMark } from "../../charts/symbolMark.js";
import { type CostAxis, costTicks } from "./costAxis.js";

/** What the scatter's muted texts fall back to outside the site. */
export const muted = "var(--theme-foreground-muted, #6b6e73)";

export type ScatterLayout = ReturnType<typeof scatterLayout>;

const shapes = [symbolCircle, symbolSquare, symbolTriangle] as const;

/** Where everything in a scatter goes; families take colours and marks in order of appearance. */
export function scatterLayout(
  points: readonly ScatterPoint[],
  width: number,
  height: number,
  axis: CostAxis,
  shown: ReadonlySet<string> | undefined,
) {
  const frame = { left: 40, top: 48, right: width - 10, bottom: height - 40 };
  const [least = 1, most = 10] = extent(points, (point) => point[axis]);
  const [lowest = 0, highest = 100] = extent(points, ({ AP }) => AP);
  const costs = [least / 1.25, most * 1.25] as const;
  const x = scaleLog(costs, [frame.left, frame.right]);
  const y = scaleLinear([Math.floor(lowest - 1), Math.ceil(highest + 1)], [frame.bottom, frame.top]);
  const families = [...new Set(points.map(({ family }) => family))];
  const colour = (family: string): string => familyColours[families.indexOf(family) % familyColours.length]!;
  return {
    points,
    width,
    height,
    frame,
    /** Grid lines: a value and its coordinate. */
    costs: costTicks(costs).map((cost) => [cost, tenth(x(cost))] as const),
    precisions: y.ticks(5).map((precision) => [precision, tenth(y(precision))] as const),
    families,
    series: [...new Set(points.map((point) => point.series))],
    place: (point: ScatterPoint): [x: number, y: number] => [tenth(x(point[axis])), tenth(y(point.AP))],
    /** Null where a point is not faded. */
    opacity: ({ id }: ScatterPoint) => (shown?.has(id) === false ? 0.25 : null),
    colour,
    mark: (family: string, hollow: boolean): SymbolMark => ({
      type: shapes[families.indexOf(family) % shapes.length]!,
      area: 64,
      fill: hollow ? background : colour(family),
      stroke: colour(family),
      strokeWidth: 1.75,
    }),
    /** From cheapest to most expensive. */
    byCost: (some: readonly ScatterPoint[]) => some.toSorted((a, b) => a[axis] - b[axis] || a.AP - b.AP),
  };
}
