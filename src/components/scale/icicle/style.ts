/** How an icicle looks, within the drawing itself, so that it looks so in any viewer. */
export const icicleStyle = `
.icicle-drawing { font: 12px var(--sans-serif, sans-serif); font-variant-numeric: lining-nums tabular-nums; fill: var(--theme-foreground, #1b1e23); overflow: visible; max-width: none; }
.icicle-drawing .ground { fill: var(--theme-background, #ffffff); }
.icicle-drawing .shape { fill: currentColor; fill-opacity: 0.22; stroke: var(--theme-background, #ffffff); stroke-width: 1; }
.icicle-drawing .edge { fill: currentColor; }
.icicle-drawing .thin .shape { stroke-width: 0.3; }
.icicle-drawing .unlevelled .shape { fill: url(#icicle-hatch); fill-opacity: 1; }
.icicle-drawing .unlevelled .edge { fill: var(--theme-foreground-faint, #6d7075); }
.icicle-drawing .hatch { stroke: var(--theme-foreground-faintest, #d6d7d9); stroke-width: 1.2; }
.icicle-drawing text { pointer-events: none; paint-order: stroke; stroke: var(--theme-background, #ffffff); stroke-width: 3px; stroke-opacity: 0.55; }
.icicle-drawing .share { text-anchor: end; fill: var(--theme-foreground-muted, #5f6368); }
.icicle-drawing .cell { outline: none; }
.icicle-drawing .cell.opens { cursor: pointer; }
.icicle-drawing .label.opens .name { font-weight: 600; }
.icicle-drawing .cell:hover .shape { fill-opacity: 0.38; }
.icicle-drawing .focused { display: none; fill: none; stroke: var(--theme-foreground-focus, #2b51b0); stroke-width: 3; pointer-events: none; }
.icicle-drawing:has(.cell:focus-visible) .focused { display: inline; }
.icicle-drawing :is(.cell, .label, rect) { transition: transform 220ms, width 220ms, height 220ms; }
@media (prefers-reduced-motion: reduce) { .icicle-drawing * { transition: none !important; } }
`;
