import { create } from "d3";
import { blockUnder } from "../../architecture/drawing/connectionHandles.js";
import type { Diagram, DiagramOptions, Point } from "../../architecture/drawing/diagram.js";
import { diagramOf } from "../../architecture/drawing/layout.js";
import { type Frame, frameOf, transition } from "../../architecture/drawing/transition.js";
import { connectionPlaces } from "../../architecture/edit/changeConnection.js";
import { animate } from "../diagram/animation.js";
import { diagramSummary, diagramTitle, leastWidthAcross } from "../diagram/blockDiagram.js";
import { blockDiagramStyle } from "../diagram/blockDiagramStyle.js";
import { type BlockMarks, blockDrawing } from "../diagram/blockDrawing.js";
import { blockSentence } from "../diagram/blockSentence.js";
import { blockKeys } from "./blockKeys.js";
import type { Comparison, Manner } from "./change.js";
import { connectionHandles } from "./connectionHandles.js";
import { differenceOverlay } from "./differenceOverlay.js";
import { DraggedBlock } from "./draggedBlock.js";
import { dragInDrawing } from "./dragInDrawing.js";
import type { DrawingHandlers } from "./drawingHandlers.js";
import type { HeldConnection } from "./hand.js";
import type { PermutedNetwork } from "./network.js";

/** How long a morph takes: between presets, and after an edit. */
const milliseconds = { far: 900, near: 240 } as const;
/** Chromium's Tab stops at SVG elements that listen for focus; it should lead straight to a block. */
const notByTab = "-1";
/** What a pointer has hold of: a block, or one connection of the chosen block. */
type Held = { readonly block: number } | { readonly connection: number };

/** The drawing of the instrument: shows networks, on their way from one to the next, and tells what hands do to blocks. */
export class PermuteDrawing {
  readonly node: SVGSVGElement;
  private readonly blocks = blockDrawing({ options: true });
  private readonly overlay = differenceOverlay();
  private readonly handles = connectionHandles();
  private readonly title = create<SVGTitleElement>("svg:title").attr("id", "permute-title").node()!;
  private readonly summary = create<SVGDescElement>("svg:desc").attr("id", "permute-desc").node()!;
  private network: PermutedNetwork;
  private diagram!: Diagram;
  private shownFrame!: Frame;
  private chosen: number | null = null;
  private pointed: number | null = null;
  private compared: Comparison | null = null;
  private connection: HeldConnection | null = null;
  private stopMotion: () => void = () => {};
  private drag: DraggedBlock | null = null;
  /** Where a pointer has the end of a connection. */
  private end: Point | null = null;

  constructor(
    network: PermutedNetwork,
    private width: number,
    private readonly handlers: DrawingHandlers,
  ) {
    this.network = network;
    const svg = create("svg")
      .attr("class", "block-diagram permute-drawing")
      .attr("role", "group")
      .attr("tabindex", notByTab)
      .attr("aria-labelledby", "permute-title permute-desc");
    this.node = svg.node()!;
    this.node.append(this.title, this.summary, create("svg:style").text(blockDiagramStyle).node()!);
    this.node.append(this.blocks.node, this.overlay.above, this.handles.node);
    this.blocks.node.querySelector(".blocks")!.before(this.handles.below);
    // Strips lie below it all.
    this.blocks.node.querySelector(".levels")!.after(this.overlay.below);
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
      this.drag.lead();
      return;
    }
    this.stopMotion();
    this.diagram = diagramOf(network.description, this.options());
    this.node.setAttribute("width", String(this.diagram.width));
    this.node.setAttribute("height", String(this.diagram.height));
    this.node.setAttribute("viewBox", `0 0 ${this.diagram.width} ${this.diagram.height}`);
    const target = frameOf(this.diagram, network.keys);
    if (manner !== "morph") {
      this.draw(target);
      return;
    }
    const between = transition(this.shownFrame, target);
    // What is there to be chosen and read out is the new network from the start; only places are on their way.
    const at = (time: number): void => this.draw(between(Math.max(time, Number.EPSILON)));
    at(0);
    this.stopMotion = animate(at, near ? milliseconds.near : milliseconds.far);
  }

  /**
   * Makes a block stand out, or none, shows the connection in hand, and lays over the drawing what another network has
   * otherwise, or nothing.
   */
  mark(chosen: number | null, compared: Comparison | null, connection: HeldConnection | null): void {
    this.chosen = chosen;
    this.compared = compared;
    this.connection = connection;
    if (!this.drag) this.draw(this.shownFrame);
  }

  focus(id: number): void {
    this.option(id)?.focus({ preventScroll: true });
  }

  /** Makes a block stand out that is pointed at, here or elsewhere, or none. */
  point(id: number | null): void {
    if (this.drag || this.connection || id === this.pointed) return;
    this.pointed = id;
    this.draw(this.shownFrame);
    this.handlers.pointed(id);
  }

  get orientation(): "across" | "down" {
    return this.width < leastWidthAcross ? "down" : "across";
  }

  /** What a finger needs, where blocks of one level are as far apart. */
  private get target(): number {
    const [first, second] = this.diagram.blocks;
    return this.orientation === "across" || !second ? 24 : Math.min(44, Math.abs(second.y - first!.y));
  }

  private options(more: Partial<DiagramOptions> = {}): DiagramOptions {
    return { width: this.width, orientation: this.orientation, compact: false, steady: true, ...more };
  }

  private option(id: number): SVGGElement | null {
    return this.node.querySelector(`[role=option][data-id="${id}"]`);
  }

  private draw(frame: Frame): void {
    this.shownFrame = frame;
    const held = this.drag
      ? this.network.keys.indexOf(this.drag.key)
      : this.handlers.lifted()
        ? this.chosen
        : null;
    const shown = held ?? this.pointed ?? this.chosen;
    this.blocks.draw(frame, {
      chosen: this.chosen,
      shown,
      held,
      sentence: (id) => blockSentence(this.network.description, id),
      target: this.target,
      ...this.connectionMarks(),
      ...(this.compared
        ? { added: new Set(this.compared.difference.added.map(({ from, to }) => `${from}>${to}`)) }
        : {}),
    });
    this.overlay.draw(
      this.compared && !this.drag ? { ...this.compared, frame, shown, options: this.options() } : null,
    );
    this.node.classList.toggle("rewiring", this.connection !== null);
    this.node.classList.toggle("elsewhere", shown !== this.chosen);
    this.drawHandles();
  }

  private connectionMarks(): Pick<BlockMarks, "possible" | "taken"> {
    if (!this.connection) return {};
    const { id, place, possible } = this.connection;
    return { possible, taken: `${this.network.description.blocks[id]!.parents[place]}>${id}` };
  }

  private drawHandles(): void {
    const { chosen, connection } = this;
    const inHand = this.drag !== null || this.handlers.lifted();
    this.handles.draw({
      frame: this.shownFrame,
      id: inHand ? null : chosen,
      places: chosen === null ? 0 : connectionPlaces(this.network.model, chosen),
      held: connection,
      at: connection?.by === "pointer" ? this.end : null,
    });
  }

  private listen(): void {
    const { handlers, node } = this;
    const list = node.querySelector<SVGGElement>("[role=listbox]")!;
    list.setAttribute("tabindex", notByTab);
    list.addEventListener("focusin", ({ target }) => {
      const option = target instanceof Element ? target.closest<SVGElement>("[role=option]") : null;
      if (option) handlers.chosen(Number(option.dataset.id));
    });
    list.addEventListener("pointerover", ({ target }) => {
      const option = target instanceof Element ? target.closest<SVGElement>("[role=option]") : null;
      this.point(option ? Number(option.dataset.id) : null);
    });
    list.addEventListener("pointerleave", () => this.point(null));
    dragInDrawing<Held>(node, {
      grasp: (target, at) => this.grasp(target, at),
      tapped: (held, at) => this.tap(held, at),
      began: (held, at) => {
        if ("block" in held) this.takeBlock(held.block, at);
        else if (this.chosen !== null) handlers.take(this.chosen, held.connection, "pointer");
      },
      moved: (at) => {
        if (this.drag) this.drag.at = at;
        else this.leadConnection(at);
      },
      dropped: () => this.release(() => handlers.dropped()),
      cancelled: () => this.release(() => handlers.cancelled()),
    });
    // Focus stays on the block whose connection is taken or led, also when a finger's tap is told again as a mouse's.
    let stays = false;
    node.addEventListener("pointerdown", ({ target }) => {
      stays = this.connection !== null || (target instanceof Element && target.closest(".handle") !== null);
    });
    node.addEventListener("mousedown", (event) => {
      if (stays) event.preventDefault();
    });
    blockKeys(list, {
      ...handlers,
      length: () => this.network.keys.length,
      orientation: () => this.orientation,
      focus: (id) => this.option(id)?.focus(),
      rewiring: () => this.connection !== null,
      take: (id) => handlers.take(id, 0, "keys"),
    });
    list.addEventListener("focusout", ({ relatedTarget }) => {
      const inside = relatedTarget instanceof Element && relatedTarget.closest(".permute") !== null;
      if (!inside && !this.drag && this.connection?.by !== "pointer") handlers.left();
    });
  }

  /** A handle lies over blocks, and gives way to the chosen one below it. */
  private grasp(target: Element, at: Point): Held | null {
    const option = target.closest<SVGElement>("[role=option]");
    if (option) return { block: Number(option.dataset.id) };
    if (!target.closest(".handle") || this.chosen === null) return null;
    if (blockUnder(this.shownFrame, at, 0) === this.chosen) return { block: this.chosen };
    const place = this.handles.at(at);
    return place === null ? null : { connection: place };
  }

  /** A tap chooses a block; while a connection is in hand it says what that reads. On a handle it takes the connection. */
  private tap(held: Held, at: Point): void {
    const { handlers } = this;
    const under = "block" in held ? held.block : blockUnder(this.shownFrame, at, 0);
    if (this.connection && under !== null) {
      handlers.lead(under);
      handlers.set();
    } else if (under !== null) this.option(under)?.focus();
    else if ("connection" in held && this.chosen !== null) {
      this.option(this.chosen)?.focus({ preventScroll: true });
      if (this.connection?.place === held.connection) handlers.putBack();
      else handlers.take(this.chosen, held.connection, "tap");
    }
  }

  private takeBlock(id: number, at: Point): void {
    this.stopMotion();
    const drag = new DraggedBlock(id, at, this.diagram, {
      network: () => this.network,
      options: (more) => this.options(more),
      held: (place) => this.handlers.held(id, place),
      draw: (frame) => this.draw(frame),
    });
    this.drag = drag;
    this.pointed = null;
    this.node.prepend(drag.slot);
    this.stopMotion = () => drag.end();
  }

  private leadConnection(at: Point): void {
    if (!this.connection) return;
    this.end = at;
    const over = blockUnder(this.shownFrame, at);
    if (over !== this.connection.candidate) this.handlers.lead(over);
    else this.drawHandles();
  }

  private release(tell: () => void): void {
    this.stopMotion();
    this.drag = null;
    this.end = null;
    tell();
  }
}
