import { create } from "d3";
import {
  type Diagram,
  type DiagramOptions,
  diagramOf,
  type Point,
  placeAt,
} from "../architecture/diagram.js";
import type { Level } from "../architecture/model.js";
import { morph, type Scene, sceneOf } from "../architecture/scene.js";
import { animate, everyFrame, prefersStillness } from "./animation.js";
import { diagramSummary, diagramTitle, leastWidthAcross } from "./blockDiagram.js";
import { blockDiagramStyle } from "./blockDiagramStyle.js";
import { blockKeys, type KeyHandlers } from "./blockKeys.js";
import { blockScene } from "./blockScene.js";
import { blockSentence } from "./blockSentence.js";
import { differenceOverlay } from "./differenceOverlay.js";
import { dragBlocks } from "./dragBlocks.js";
import type { PermutedNetwork } from "./permutedNetwork.js";
import type { Comparison, Manner } from "./permuteSession.js";

export interface DrawingHandlers extends Pick<KeyHandlers, "lift" | "putDown" | "putBack" | "remove"> {
  stepOrder(by: 1 | -1): void;
  stepLevel(by: 1 | -1): void;
  lifted(): boolean;
  /** A block has focus, or was tapped. */
  chosen(id: number): void;
  /** Focus left the blocks for a place outside the instrument. */
  left(): void;
  /** Escape, with nothing in hand. */
  unchosen(): void;
  /** A block is dragged to a place in the order and a level. True where it may stand there. */
  held(id: number, place: { readonly index: number; readonly level: Level }): boolean;
  dropped(): void;
  cancelled(): void;
}

/** How long a morph takes: between presets, and after an edit. */
const milliseconds = { far: 900, near: 240 } as const;
/** Blocks that make way for a dragged one cover half of what is left in some 35 of these. */
const followTime = 50;

interface Drag {
  readonly key: string;
  /** From the block's centre to where the pointer took it. */
  readonly grip: Point;
  at: Point;
  /** Where each block is drawn by now. */
  readonly centres: Map<string, Point>;
  /** The drawing before the drag, whose places are what the pointer chooses from. */
  readonly rest: Diagram;
  /** Where blocks belong in the network that a drop would leave. */
  target: Diagram;
}

/** The drawing of the instrument: shows networks, on their way from one to the next, and tells what hands do to blocks. */
export class PermuteDrawing {
  readonly node: SVGSVGElement;
  private readonly scene = blockScene({ options: true });
  private readonly overlay = differenceOverlay();
  private readonly slot = create<SVGRectElement>("svg:rect").attr("class", "slot").attr("rx", 3).node()!;
  private readonly title = create<SVGTitleElement>("svg:title").attr("id", "permute-title").node()!;
  private readonly summary = create<SVGDescElement>("svg:desc").attr("id", "permute-desc").node()!;
  private network: PermutedNetwork;
  private diagram!: Diagram;
  private shownScene!: Scene;
  private chosen: number | null = null;
  private pointed: number | null = null;
  private compared: Comparison | null = null;
  private stopMotion: () => void = () => {};
  private drag: Drag | null = null;

  constructor(
    network: PermutedNetwork,
    private width: number,
    private readonly handlers: DrawingHandlers,
  ) {
    this.network = network;
    const svg = create("svg")
      .attr("class", "block-diagram permute-drawing")
      .attr("role", "group")
      .attr("aria-labelledby", "permute-title permute-desc");
    this.node = svg.node()!;
    this.node.append(this.title, this.summary, create("svg:style").text(blockDiagramStyle).node()!);
    this.node.append(this.slot, this.scene.node, this.overlay.above);
    // Strips lie below it all.
    this.scene.node.querySelector(".levels")!.after(this.overlay.below);
    this.listen();
    this.show(network, "at once");
  }

  /** Draws for another width, in pixels. */
  resize(width: number): void {
    if (width === this.width || width <= 0) return;
    this.width = width;
    this.show(this.network, "at once");
  }

  /** Shows a network in the place of the one before. */
  show(network: PermutedNetwork, manner: Manner): void {
    const near = network.preset === this.network.preset;
    this.network = network;
    this.pointed = null;
    this.title.textContent = diagramTitle(network.description);
    this.summary.textContent = diagramSummary(network.description);
    if (this.drag && manner === "held") {
      this.drag.target = diagramOf(network.description, this.options({ routes: "plain" }));
      return;
    }
    this.stopMotion();
    this.diagram = diagramOf(network.description, this.options());
    this.node.setAttribute("width", String(this.diagram.width));
    this.node.setAttribute("height", String(this.diagram.height));
    this.node.setAttribute("viewBox", `0 0 ${this.diagram.width} ${this.diagram.height}`);
    const target = sceneOf(this.diagram, network.keys);
    if (manner === "at once") {
      this.draw(target);
      return;
    }
    const between = morph(this.shownScene, target);
    // What is there to be chosen and read out is the new network from the start; only places are on their way.
    const at = (time: number): void => this.draw(between(Math.max(time, Number.EPSILON)));
    at(0);
    this.stopMotion = animate(at, near ? milliseconds.near : milliseconds.far);
  }

  /** Makes a block stand out, or none, and lays over the drawing what another network has otherwise, or nothing. */
  mark(chosen: number | null, compared: Comparison | null): void {
    this.chosen = chosen;
    this.compared = compared;
    if (!this.drag) this.draw(this.shownScene);
  }

  focus(id: number): void {
    this.option(id)?.focus({ preventScroll: true });
  }

  /** Makes a block stand out that is pointed at, here or elsewhere, or none. */
  point(id: number | null): void {
    if (this.drag || id === this.pointed) return;
    this.pointed = id;
    this.draw(this.shownScene);
  }

  get orientation(): "across" | "down" {
    return this.width < leastWidthAcross ? "down" : "across";
  }

  private options(more: Partial<DiagramOptions> = {}): DiagramOptions {
    return { width: this.width, orientation: this.orientation, compact: false, steady: true, ...more };
  }

  private option(id: number): SVGGElement | null {
    return this.node.querySelector(`[role=option][data-id="${id}"]`);
  }

  private draw(scene: Scene): void {
    this.shownScene = scene;
    const held = this.drag
      ? this.network.keys.indexOf(this.drag.key)
      : this.handlers.lifted()
        ? this.chosen
        : null;
    const shown = held ?? this.pointed ?? this.chosen;
    this.scene.draw(scene, {
      chosen: this.chosen,
      shown,
      held,
      sentence: (id) => blockSentence(this.network.description, id),
      ...(this.compared
        ? { added: new Set(this.compared.difference.added.map(({ from, to }) => `${from}>${to}`)) }
        : {}),
    });
    this.overlay.draw(
      this.compared && !this.drag ? { ...this.compared, scene, shown, options: this.options() } : null,
    );
  }

  private listen(): void {
    const { handlers, node } = this;
    const list = node.querySelector<SVGGElement>("[role=listbox]")!;
    list.addEventListener("focusin", ({ target }) => {
      const option = target instanceof Element ? target.closest<SVGElement>("[role=option]") : null;
      if (option) handlers.chosen(Number(option.dataset.id));
    });
    list.addEventListener("pointerover", ({ target }) => {
      const option = target instanceof Element ? target.closest<SVGElement>("[role=option]") : null;
      this.point(option ? Number(option.dataset.id) : null);
    });
    list.addEventListener("pointerleave", () => this.point(null));
    dragBlocks(node, {
      tapped: (id) => this.option(id)?.focus(),
      began: (id, at) => this.take(id, at),
      moved: (at) => {
        if (this.drag) this.drag.at = at;
      },
      dropped: () => this.release(() => handlers.dropped()),
      cancelled: () => this.release(() => handlers.cancelled()),
    });
    blockKeys(list, {
      ...handlers,
      length: () => this.network.keys.length,
      orientation: () => this.orientation,
      focus: (id) => this.option(id)?.focus(),
    });
    list.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !handlers.lifted() && !this.drag) handlers.unchosen();
    });
    list.addEventListener("focusout", ({ relatedTarget }) => {
      const inside = relatedTarget instanceof Element && relatedTarget.closest(".permute") !== null;
      if (!inside && !this.drag) handlers.left();
    });
  }

  private take(id: number, at: Point): void {
    const { blocks } = this.diagram;
    const grip = { x: at.x - blocks[id]!.x, y: at.y - blocks[id]!.y };
    const centres = new Map(
      this.network.keys.map((key, index) => [key, { x: blocks[index]!.x, y: blocks[index]!.y }]),
    );
    const { diagram } = this;
    const drag: Drag = { key: this.network.keys[id]!, grip, at, centres, rest: diagram, target: diagram };
    this.drag = drag;
    this.pointed = null;
    let before = "";
    let free = true;
    this.stopMotion();
    const stop = everyFrame((elapsed) => {
      const centre = { x: drag.at.x - grip.x, y: drag.at.y - grip.y };
      const place = placeAt(drag.rest, centre);
      const here = `${place.index} ${place.level}`;
      if (here !== before) free = this.handlers.held(id, place);
      before = here;
      this.followHand(centre, elapsed);
      this.markSlot(place, free);
    });
    this.stopMotion = stop;
  }

  /** One frame of a drag: the block under the pointer, the others on the way to where they would stand. */
  private followHand(hand: Point, elapsed: number): void {
    const { key: held, centres, target } = this.drag!;
    const { description, keys } = this.network;
    const share = prefersStillness() ? 1 : 1 - Math.exp(-elapsed / followTime);
    const places = new Map<number, Point>();
    for (const [id, key] of keys.entries()) {
      const home = target.blocks[id]!;
      const from = centres.get(key) ?? home;
      const now = { x: from.x + (home.x - from.x) * share, y: from.y + (home.y - from.y) * share };
      centres.set(key, now);
      places.set(id, key === held ? this.inside(hand) : now);
    }
    this.draw(sceneOf(diagramOf(description, this.options({ routes: "plain", centres: places })), keys));
  }

  private inside({ x, y }: Point): Point {
    return {
      x: Math.min(this.diagram.width - 8, Math.max(8, x)),
      y: Math.min(this.diagram.height - 8, Math.max(8, y)),
    };
  }

  private markSlot({ index, level }: { index: number; level: Level }, free: boolean): void {
    const { rest } = this.drag!;
    const { x, y, width, height } = rest.blocks[index]!;
    const { strip } = rest.levels.find((one) => one.level === level)!;
    const centre = this.orientation === "across" ? { x, y: strip.y } : { x: strip.x, y };
    this.slot.setAttribute("class", free ? "slot shown" : "slot shown refused");
    this.slot.setAttribute("x", String(centre.x - width / 2 - 4));
    this.slot.setAttribute("y", String(centre.y - height / 2 - 4));
    this.slot.setAttribute("width", String(width + 8));
    this.slot.setAttribute("height", String(height + 8));
  }

  private release(tell: () => void): void {
    this.stopMotion();
    this.drag = null;
    this.slot.setAttribute("class", "slot");
    tell();
  }
}
