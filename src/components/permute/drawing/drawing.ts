import { create } from "d3";
import { blockUnder } from "../../../architecture/drawing/connectionHandles.js";
import type { Diagram, DiagramOptions, Point } from "../../../architecture/drawing/diagram.js";
import { diagramOf } from "../../../architecture/drawing/diagramLayout.js";
import {
  type Frame,
  frameOf,
  transition as frameTransition,
} from "../../../architecture/drawing/transition.js";
import { connectionPlaces } from "../../../architecture/edit/changeConnection.js";
import { animate } from "../../diagram/animation.js";
import { diagramSummary, diagramTitle, leastWidthAcross } from "../../diagram/blockDiagram.js";
import { blockDiagramStyle } from "../../diagram/blockDiagramStyle.js";
import { type BlockMarks, blockDrawing } from "../../diagram/blockDrawing.js";
import { blockSentence } from "../../diagram/blockSentence.js";
import type { Comparison, Transition } from "../session/change.js";
import type { PermutedNetwork } from "../session/network.js";
import type { PermuteSession } from "../session/session.js";
import { blockKeys } from "./blockKeys.js";
import { connectionHandles } from "./connectionHandles.js";
import { differenceOverlay } from "./differenceOverlay.js";
import { DraggedBlock } from "./draggedBlock.js";
import { dragInDrawing } from "./dragInDrawing.js";

/** The duration of a morph: between presets, and after an edit. */
const milliseconds = { far: 900, near: 240 } as const;
/** Chromium's Tab stops at SVG elements that listen for focus; it should lead straight to a block. */
const notByTab = "-1";
/** What a pointer went down on: a block, or the handle of one connection of the chosen block. */
type Target = { readonly block: number } | { readonly connection: number };

/** The editor's drawing: shows the session's network, animates changes, and turns gestures and keys into actions. */
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
  private pointed: number | null = null;
  private comparison: Comparison | null = null;
  private stopMotion: () => void = () => {};
  private drag: DraggedBlock | null = null;
  /** Where a pointer has the end of a connection. */
  private end: Point | null = null;

  /** @param tellPointed called with the block that is pointed at, or null */
  constructor(
    private readonly session: PermuteSession,
    private width: number,
    private readonly tellPointed: (id: number | null) => void,
  ) {
    this.network = session.network;
    const svg = create("svg")
      .attr("class", "block-diagram permute-drawing")
      .attr("role", "group")
      .attr("tabindex", notByTab)
      .attr("aria-labelledby", "permute-title permute-desc");
    this.node = svg.node()!;
    this.node.append(this.title, this.summary, create("svg:style").text(blockDiagramStyle).node()!);
    this.node.append(this.blocks.node, this.overlay.above, this.handles.node);
    this.blocks.node.querySelector(".blocks")!.before(this.handles.below);
    // The strips are below everything else.
    this.blocks.node.querySelector(".levels")!.after(this.overlay.below);
    this.listen();
    this.redraw("instant");
  }

  /** Draws for another width, in pixels. */
  resize(width: number): void {
    if (width === this.width || width <= 0) return;
    this.width = width;
    this.redraw("instant");
  }

  /** Shows the session's network, chosen block and connection in hand, and its differences from another network. */
  show(transition: Transition, comparison: Comparison | null): void {
    const { network } = this.session;
    this.comparison = comparison;
    if (network !== this.network || transition === "morph") this.redraw(transition);
    else if (!this.drag) this.draw(this.shownFrame);
  }

  private redraw(transition: Transition): void {
    const near = this.session.network.preset === this.network.preset;
    this.network = this.session.network;
    const { description, keys } = this.network;
    this.pointed = null;
    this.title.textContent = diagramTitle(description);
    this.summary.textContent = diagramSummary(description);
    if (this.drag && transition === "preview") {
      this.drag.retarget();
      return;
    }
    this.stopMotion();
    this.diagram = diagramOf(description, this.options());
    this.node.setAttribute("width", String(this.diagram.width));
    this.node.setAttribute("height", String(this.diagram.height));
    this.node.setAttribute("viewBox", `0 0 ${this.diagram.width} ${this.diagram.height}`);
    const target = frameOf(this.diagram, keys);
    if (transition !== "morph") {
      this.draw(target);
      return;
    }
    const between = frameTransition(this.shownFrame, target);
    // Labels and focus are the new network's from the first frame on; only positions are animated.
    const at = (time: number): void => this.draw(between(Math.max(time, Number.EPSILON)));
    at(0);
    this.stopMotion = animate(at, near ? milliseconds.near : milliseconds.far);
  }

  /** True while a pointer drags a block or a connection. */
  get dragging(): boolean {
    return this.node.classList.contains("dragging");
  }

  /** The block that has focus, or null. */
  get focused(): number | null {
    const option = optionOf(document.activeElement);
    return option && this.node.contains(option) ? Number(option.dataset.id) : null;
  }

  focus(id: number): void {
    this.option(id)?.focus({ preventScroll: true });
  }

  /** Highlights the block that is pointed at, here or elsewhere, or none. */
  point(id: number | null): void {
    if (this.drag || this.session.connection || id === this.pointed) return;
    this.pointed = id;
    this.draw(this.shownFrame);
    this.tellPointed(id);
  }

  get orientation(): "across" | "down" {
    return this.width < leastWidthAcross ? "down" : "across";
  }

  /** Large enough for a finger, where blocks of one level are that far apart. */
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
    const { chosen, connection, lifted } = this.session;
    const { comparison, drag, network } = this;
    const held = drag ? network.keys.indexOf(drag.key) : lifted ? chosen : null;
    const shown = held ?? this.pointed ?? chosen;
    this.blocks.draw(frame, {
      chosen,
      shown,
      held,
      sentence: (id) => blockSentence(network.description, id),
      target: this.target,
      ...this.connectionMarks(),
      ...(comparison
        ? { added: new Set(comparison.difference.added.map(({ from, to }) => `${from}>${to}`)) }
        : {}),
    });
    this.overlay.draw(comparison && !drag ? { ...comparison, frame, shown, options: this.options() } : null);
    this.node.classList.toggle("rewiring", connection !== null);
    this.node.classList.toggle("elsewhere", shown !== chosen);
    this.drawHandles();
  }

  private connectionMarks(): Pick<BlockMarks, "possible" | "taken"> {
    const { connection } = this.session;
    if (!connection) return {};
    const { id, place, possible } = connection;
    return { possible, taken: `${this.network.description.blocks[id]!.parents[place]}>${id}` };
  }

  private drawHandles(): void {
    const { chosen, connection, lifted } = this.session;
    this.handles.draw({
      frame: this.shownFrame,
      id: this.drag || lifted ? null : chosen,
      places: chosen === null ? 0 : connectionPlaces(this.network.model, chosen),
      held: connection,
      at: connection?.by === "pointer" ? this.end : null,
    });
  }

  private listen(): void {
    const { session, node } = this;
    const list = node.querySelector<SVGGElement>("[role=listbox]")!;
    list.setAttribute("tabindex", notByTab);
    list.addEventListener("focusin", ({ target }) => {
      const option = optionOf(target);
      if (option) session.choose(Number(option.dataset.id));
    });
    list.addEventListener("pointerover", ({ target }) => {
      const option = optionOf(target);
      this.point(option ? Number(option.dataset.id) : null);
    });
    list.addEventListener("pointerleave", () => this.point(null));
    list.addEventListener("focusout", ({ relatedTarget }) => {
      const inside = relatedTarget instanceof Element && relatedTarget.closest(".permute") !== null;
      if (!inside && !this.drag && session.connection?.by !== "pointer") session.putDown();
    });
    blockKeys(list, session, this);
    dragInDrawing<Target>(node, {
      grasp: (target, at) => this.targetAt(target, at),
      tapped: (target, at) => this.tap(target, at),
      began: (target, at) => {
        if ("block" in target) this.dragBlock(target.block, at);
        else if (session.chosen !== null)
          session.takeConnection(session.chosen, target.connection, "pointer");
      },
      moved: (at) => {
        if (this.drag) this.drag.at = at;
        else this.dragConnection(at);
      },
      dropped: () => this.release(() => session.drop()),
      cancelled: () => this.release(() => session.cancelDrag()),
    });
    this.keepFocusWhileRewiring();
  }

  /** Browsers move focus on mousedown, also on the one that they make up after a finger's tap. */
  private keepFocusWhileRewiring(): void {
    let rewires = false;
    this.node.addEventListener("pointerdown", ({ target }) => {
      rewires =
        this.session.connection !== null || (target instanceof Element && target.closest(".handle") !== null);
    });
    this.node.addEventListener("mousedown", (event) => {
      if (rewires) event.preventDefault();
    });
  }

  /** A handle covers blocks, but not the chosen one. */
  private targetAt(target: Element, at: Point): Target | null {
    const option = optionOf(target);
    if (option) return { block: Number(option.dataset.id) };
    const { chosen } = this.session;
    if (!target.closest(".handle") || chosen === null) return null;
    if (blockUnder(this.shownFrame, at, 0) === chosen) return { block: chosen };
    const place = this.handles.at(at);
    return place === null ? null : { connection: place };
  }

  /** A tap on a block chooses it, or connects the connection in hand to it. A tap on a handle takes its connection. */
  private tap(target: Target, at: Point): void {
    const { session } = this;
    const { chosen, connection } = session;
    const under = "block" in target ? target.block : blockUnder(this.shownFrame, at, 0);
    if (connection && under !== null) {
      session.aimAt(under);
      session.connect();
    } else if (under !== null) this.option(under)?.focus();
    else if ("connection" in target && chosen !== null) {
      this.focus(chosen);
      if (connection?.place === target.connection) session.putBack();
      else session.takeConnection(chosen, target.connection, "tap");
    }
  }

  private dragBlock(id: number, at: Point): void {
    this.stopMotion();
    const drag = new DraggedBlock(id, at, this.diagram, {
      network: () => this.network,
      options: (more) => this.options(more),
      held: (place) => this.session.dragBlock(id, place),
      draw: (frame) => this.draw(frame),
    });
    this.drag = drag;
    this.pointed = null;
    this.node.prepend(drag.slot);
    this.stopMotion = () => drag.end();
  }

  private dragConnection(at: Point): void {
    const { connection } = this.session;
    if (!connection) return;
    this.end = at;
    const over = blockUnder(this.shownFrame, at);
    if (over !== connection.candidate) this.session.aimAt(over);
    else this.drawHandles();
  }

  private release(end: () => void): void {
    this.stopMotion();
    this.drag = null;
    this.end = null;
    end();
  }
}

function optionOf(target: EventTarget | null): SVGElement | null {
  return target instanceof Element ? target.closest<SVGElement>("[role=option]") : null;
}
