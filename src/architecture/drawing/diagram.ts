import type { ConnectionKind } from "../costs/connections.js";
import type { BlockDescription } from "../costs/description.js";
import type { Level } from "../model/level.js";

/** "across" draws the order of computation to the right and levels as rows; "down" turns that by a quarter. */
export type Orientation = "across" | "down";

export interface DiagramOptions {
  /** Of the whole drawing, in pixels. */
  readonly width: number;
  readonly orientation: Orientation;
  /** Leaves out feature map sizes and block numbers, for a small picture. */
  readonly compact: boolean;
  /** Height of a level's strip in a compact drawing across, in pixels. */
  readonly strip?: number;
  /** Keeps strips and extent, so that nothing around the drawing moves when another network is drawn. */
  readonly steady?: boolean;
  /** "around" leads curves around boxes; "plain" takes the simplest ones, within a frame's time. */
  readonly routes?: "around" | "plain";
  /** Centres of blocks that are not at their own place, by block id: of one that is dragged, say. */
  readonly centres?: ReadonlyMap<number, Point>;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

export interface DiagramBlock extends Box {
  readonly block: BlockDescription;
}

/** A box other than a block: the stem, or a map that the head reads. */
export interface DiagramPart extends Box {
  readonly name: string;
  readonly level: Level;
}

export interface DiagramConnection {
  readonly kind: ConnectionKind | "part";
  /** Block ids, or names of parts. */
  readonly from: number | string;
  readonly to: number | string;
  /** Level of what it comes from. */
  readonly level: Level;
  readonly curve: readonly [Point, Point, Point, Point];
  /** "÷4" (each side four times shorter), "×2", "=", "+" (added as it is), or nothing. */
  readonly label: string;
  readonly labelAt: Point;
}

/** The strip of one level. */
export interface DiagramLevel {
  readonly level: Level;
  /** Cells of its feature maps. */
  readonly cells: readonly [height: number, width: number];
  readonly strip: Box;
}

export interface Diagram {
  readonly width: number;
  readonly height: number;
  readonly orientation: Orientation;
  readonly levels: readonly DiagramLevel[];
  readonly blocks: readonly DiagramBlock[];
  readonly parts: readonly DiagramPart[];
  readonly connections: readonly DiagramConnection[];
}
