import type { Backbone, BlockKind } from "../model/model.js";

/** Widths are truncated, never rounded (as both official codes do). */
export function scaledWidth(backbone: Backbone, level: number): number {
  return Math.trunc(backbone.widths[level]! * backbone.widthMultiplier);
}

/** Filters of the first convolution, which only the mobile family scales. */
export function stemFilters({ family, stemWidth, widthMultiplier }: Backbone): number {
  return family === "mobile" ? Math.trunc(stemWidth * widthMultiplier) : stemWidth;
}

/** Channels that leave a block: four times its 3×3 width for a bottleneck, else that width (paper, section 3.2). */
export function blockChannels(kind: BlockKind, width: number): number {
  return kind === "bottleneck" ? 4 * width : width;
}
