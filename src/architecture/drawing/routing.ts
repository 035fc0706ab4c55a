/** A point of a drawing, in pixels: along the order of computation, and across it. */
export type Place = readonly [along: number, across: number];

/** A cubic Bézier curve: start, two control points, end. */
export type Curve = readonly [Place, Place, Place, Place];

/** A rectangle that curves should go around. */
export interface Obstacle {
  readonly centre: Place;
  /** Half its extent along and across. */
  readonly half: Place;
}

export interface Route {
  readonly start: Place;
  readonly end: Place;
  /** Obstacles that it begins and ends at, and so may touch. */
  readonly touches: readonly Obstacle[];
}

/** Room left free around an obstacle, and between curves, in pixels. */
const clearance = 5;
const samples = 18;
/** How far a control point reaches, as a share of the way; and how far it leaves the straight line, in rows. */
const reaches = [0.25, 0.5, 0.8];
const bows = [0, 0.5, -0.5, 0.9, -0.9];

interface Ground {
  readonly obstacles: readonly Obstacle[];
  /** Curves stay between 0 and this, across. */
  readonly extent: number;
  /** Distance between neighbouring rows, in pixels. */
  readonly pitch: number;
}

/**
 * Finds a curve for each route that goes around obstacles and keeps off the curves found before it. Short routes
 * choose first, since they have the fewest ways to go. Curves leave and arrive along the order of computation.
 */
export function findRoutes(routes: readonly Route[], { obstacles, extent, pitch }: Ground): Curve[] {
  const taken = new NearbyPlaces(clearance);
  const curves = new Map<Route, Curve>();
  for (const route of routes.toSorted((a, b) => lengthOf(a) - lengthOf(b))) {
    const others = obstacles.filter((obstacle) => !route.touches.includes(obstacle));
    let best: Curve | undefined;
    let least = Number.POSITIVE_INFINITY;
    for (const curve of candidates(route, pitch)) {
      const cost = costOf(curve, { others, taken, extent, limit: least });
      if (cost < least) {
        least = cost;
        best = curve;
      }
    }
    curves.set(route, best!);
    for (const place of sampled(best!)) taken.add(place);
  }
  return routes.map((route) => curves.get(route)!);
}

/** The simplest curve of each route, whatever is in its way: for a drawing that moves. */
export function plainRoutes(routes: readonly Route[], { pitch }: Pick<Ground, "pitch">): Curve[] {
  return routes.map((route) => {
    const [simplest] = candidates(route, pitch);
    return simplest!;
  });
}

function lengthOf({ start, end }: Route): number {
  return Math.hypot(end[0] - start[0], end[1] - start[1]);
}

/** Simple curves first, so that the simplest of equals is chosen. */
function* candidates({ start, end }: Route, pitch: number): Generator<Curve> {
  const way = end[0] - start[0];
  if (way === 0) {
    const third = (end[1] - start[1]) / 3;
    yield [start, [start[0], start[1] + third], [end[0], end[1] - third], end];
    return;
  }
  // Steep curves, too, should leave and arrive at a right angle to the block's side.
  const least = Math.min(11, 0.9 * way);
  for (const bow of bows) {
    for (const first of reaches) {
      for (const last of reaches) {
        yield [
          start,
          [start[0] + Math.max(first * way, least), start[1] + bow * pitch],
          [end[0] - Math.max(last * way, least), end[1] + bow * pitch],
          end,
        ];
      }
    }
  }
}

/** Places by the square they are in, so that near ones are found without searching all. */
class NearbyPlaces {
  private readonly squares = new Map<number, Place[]>();

  constructor(private readonly reach: number) {}

  add(place: Place): void {
    const square = this.squareOf(place[0], place[1]);
    const present = this.squares.get(square);
    if (present) present.push(place);
    else this.squares.set(square, [place]);
  }

  /** Distances of those that are nearer than the reach. */
  distancesFrom(place: Place): number[] {
    const near: number[] = [];
    for (const along of [-this.reach, 0, this.reach]) {
      for (const across of [-this.reach, 0, this.reach]) {
        for (const other of this.squares.get(this.squareOf(place[0] + along, place[1] + across)) ?? []) {
          const distance = distanceOf(place, other);
          if (distance < this.reach) near.push(distance);
        }
      }
    }
    return near;
  }

  /** Drawings are far narrower than 2¹⁶ squares, on either side of their border. */
  private squareOf(along: number, across: number): number {
    return Math.floor(along / this.reach) * 65536 + Math.floor(across / this.reach);
  }
}

function distanceOf(one: Place, other: Place): number {
  const [along, across] = [one[0] - other[0], one[1] - other[1]];
  return Math.sqrt(along * along + across * across);
}

interface Surroundings {
  readonly others: readonly Obstacle[];
  readonly taken: NearbyPlaces;
  readonly extent: number;
  /** A cost that is too high anyway. */
  readonly limit: number;
}

function costOf(curve: Curve, { others, taken, extent, limit }: Surroundings): number {
  const points = sampled(curve);
  let cost = 0;
  for (const [index, point] of points.entries()) {
    const outside = Math.max(clearance - point[1], point[1] - (extent - clearance));
    if (outside > 0) cost += 30 + 4 * outside;
    for (const { centre, half } of others) {
      const inside = Math.min(
        half[0] + clearance - Math.abs(point[0] - centre[0]),
        half[1] + clearance - Math.abs(point[1] - centre[1]),
      );
      if (inside > 0) cost += 30 + 4 * inside;
    }
    // Near their ends curves of one block meet anyway.
    if (index > 2 && index < samples - 3) {
      for (const distance of taken.distancesFrom(point)) cost += clearance - distance;
    }
    const before = points[index - 1];
    if (before) cost += 0.15 * distanceOf(point, before);
    if (cost >= limit) return cost;
  }
  return cost;
}

function sampled(curve: Curve): Place[] {
  return Array.from({ length: samples }, (_, index) => pointOn(curve, index / (samples - 1)));
}

/** The point of a curve at 0 (its start) to 1 (its end). */
export function pointOn([start, first, last, end]: Curve, at: number): Place {
  const from = (1 - at) ** 3;
  const byFirst = 3 * (1 - at) ** 2 * at;
  const byLast = 3 * (1 - at) * at ** 2;
  const to = at ** 3;
  return [
    from * start[0] + byFirst * first[0] + byLast * last[0] + to * end[0],
    from * start[1] + byFirst * first[1] + byLast * last[1] + to * end[1],
  ];
}
