import { describe, expect, it } from "vitest";
import {
  findRoutes,
  type Obstacle,
  type Place,
  plainRoutes,
  pointOn,
  type Route,
} from "../../../src/architecture/drawing/routing.js";

const box = (along: number, across: number): Obstacle => ({ centre: [along, across], half: [10, 10] });

function route(from: Obstacle, to: Obstacle): Route {
  const start: Place = [from.centre[0] + from.half[0], from.centre[1]];
  return { start, end: [to.centre[0] - to.half[0], to.centre[1]], touches: [from, to] };
}

function pointsOf(routes: readonly Route[], obstacles: readonly Obstacle[]): Place[][] {
  return findRoutes(routes, { obstacles, extent: 200, pitch: 60 }).map((curve) =>
    Array.from({ length: 50 }, (_, index) => pointOn(curve, index / 49)),
  );
}

describe("findRoutes", () => {
  it("goes straight where nothing is in the way", () => {
    const [from, to] = [box(20, 100), box(200, 100)];
    const [points] = pointsOf([route(from, to)], [from, to]);
    for (const [, across] of points ?? []) expect(across).toBeCloseTo(100);
  });

  it("goes around a box between two of the same row", () => {
    const [from, between, to] = [box(20, 100), box(110, 100), box(200, 100)];
    const [points] = pointsOf([route(from, to)], [from, between, to]);
    const inside = points?.filter(
      ([along, across]) => Math.abs(along - 110) < 10 && Math.abs(across - 100) < 10,
    );
    expect(inside).toEqual([]);
  });

  it("stays within the drawing beside its border", () => {
    const [from, between, to] = [box(20, 185), box(110, 185), box(200, 185)];
    const [points] = pointsOf([route(from, to)], [from, between, to]);
    expect(Math.max(...(points ?? []).map(([, across]) => across))).toBeLessThan(200);
  });

  it("gives two routes between the same boxes different ways", () => {
    const [from, to] = [box(20, 100), box(200, 100)];
    const [one, other] = pointsOf([route(from, to), route(from, to)], [from, to]);
    expect(one).not.toEqual(other);
  });

  it("draws a plain line between boxes at the same place in the order", () => {
    const [from, to] = [box(100, 40), box(100, 160)];
    const straight: Route = { start: [100, 50], end: [100, 150], touches: [from, to] };
    const [curve] = findRoutes([straight], { obstacles: [from, to], extent: 200, pitch: 60 });
    expect(curve?.map(([along]) => along)).toEqual([100, 100, 100, 100]);
    expect(curve?.[2][1]).toBeLessThan(150);
  });
});

describe("pointOn", () => {
  it("is the start at 0, the end at 1 and the mean of a straight line in the middle", () => {
    const curve = [
      [0, 0],
      [2, 0],
      [4, 0],
      [6, 0],
    ] as const;
    expect([pointOn(curve, 0), pointOn(curve, 0.5), pointOn(curve, 1)]).toEqual([
      [0, 0],
      [3, 0],
      [6, 0],
    ]);
  });
});

describe("plainRoutes", () => {
  it("joins the same ends by the simplest curve, through whatever lies in its way", () => {
    const [from, to] = [box(20, 100), box(200, 100)];
    const [curve] = plainRoutes([route(from, to)], { pitch: 60 });
    // 160 pixels of way, of which each control point reaches a quarter.
    expect(curve).toEqual([
      [30, 100],
      [70, 100],
      [150, 100],
      [190, 100],
    ]);
  });
});
