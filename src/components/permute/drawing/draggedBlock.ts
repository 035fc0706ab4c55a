import { create } from "d3";
import type { Diagram, DiagramOptions, Point } from "../../../architecture/drawing/diagram.js";
import { diagramOf, placeAt } from "../../../architecture/drawing/diagramLayout.js";
import { type Frame, frameOf } from "../../../architecture/drawing/transition.js";
import { everyFrame, prefersStillness } from "../../diagram/animation.js";
import type { Place } from "../session/hand.js";
import type { PermutedNetwork } from "../session/network.js";

/** The drawing that a block is dragged in. */
interface DragGround {
  network(): PermutedNetwork;
  options(more: Partial<DiagramOptions>): DiagramOptions;
  /** The block is dragged over a place. True where it may be dropped there. */
  held(place: Place): boolean;
  draw(frame: Frame): void;
}

/** In milliseconds. Blocks that make room for a dragged one cover half the remaining distance in about 35. */
const followTime = 50;

/** A block under a dragging pointer, while the others move to where they would be after a drop. */
export class DraggedBlock {
  readonly key: string;
  /** Where the pointer is. */
  at: Point;
  /** Marks where the block would be dropped. */
  readonly slot = create<SVGRectElement>("svg:rect").attr("class", "slot").attr("rx", 3).node()!;
  private readonly stop: () => void;
  /** From the block's centre to the point where it was grabbed. */
  private readonly grip: Point;
  /** Where each block is drawn at present. */
  private readonly centres: Map<string, Point>;
  /** The layout of the network that a drop would leave. */
  private target: Diagram;

  /** @param rest the drawing before the drag, whose places the pointer chooses from */
  constructor(
    id: number,
    at: Point,
    private readonly rest: Diagram,
    private readonly ground: DragGround,
  ) {
    const { keys } = ground.network();
    const { x, y } = rest.blocks[id]!;
    this.key = keys[id]!;
    this.at = at;
    this.grip = { x: at.x - x, y: at.y - y };
    this.centres = new Map(rest.blocks.map((block, index) => [keys[index]!, { x: block.x, y: block.y }]));
    this.target = rest;
    let before = "";
    let free = true;
    this.stop = everyFrame((elapsed) => {
      const centre = { x: this.at.x - this.grip.x, y: this.at.y - this.grip.y };
      const place = placeAt(rest, centre);
      const here = `${place.index} ${place.level}`;
      if (here !== before) free = ground.held(place);
      before = here;
      this.follow(centre, elapsed);
      this.mark(place, free);
    });
  }

  /** The other blocks move to their places in the network that a drop would now leave. */
  retarget(): void {
    this.target = diagramOf(this.ground.network().description, this.ground.options({ routes: "plain" }));
  }

  end(): void {
    this.stop();
    this.slot.remove();
  }

  /** One frame: the block under the pointer, the others closer to their targets. */
  private follow(hand: Point, elapsed: number): void {
    const { description, keys } = this.ground.network();
    const share = prefersStillness() ? 1 : 1 - Math.exp(-elapsed / followTime);
    const places = new Map<number, Point>();
    for (const [id, key] of keys.entries()) {
      const home = this.target.blocks[id]!;
      const from = this.centres.get(key) ?? home;
      const now = { x: from.x + (home.x - from.x) * share, y: from.y + (home.y - from.y) * share };
      this.centres.set(key, now);
      places.set(id, key === this.key ? this.inside(hand) : now);
    }
    const options = this.ground.options({ routes: "plain", centres: places });
    this.ground.draw(frameOf(diagramOf(description, options), keys));
  }

  private inside({ x, y }: Point): Point {
    return {
      x: Math.min(this.rest.width - 8, Math.max(8, x)),
      y: Math.min(this.rest.height - 8, Math.max(8, y)),
    };
  }

  private mark({ index, level }: Place, free: boolean): void {
    const { x, y, width, height } = this.rest.blocks[index]!;
    const { strip } = this.rest.levels.find((one) => one.level === level)!;
    const centre = this.rest.orientation === "across" ? { x, y: strip.y } : { x: strip.x, y };
    this.slot.setAttribute("class", free ? "slot shown" : "slot shown refused");
    this.slot.setAttribute("x", String(centre.x - width / 2 - 4));
    this.slot.setAttribute("y", String(centre.y - height / 2 - 4));
    this.slot.setAttribute("width", String(width + 8));
    this.slot.setAttribute("height", String(height + 8));
  }
}
