/** How a block diagram looks, within the drawing itself, so that it looks so in any viewer. */
export const blockDiagramStyle = `
.block-diagram { font: 12px var(--sans-serif, sans-serif); font-variant-numeric: lining-nums tabular-nums; fill: var(--theme-foreground, #1b1e23); overflow: visible; max-width: none; }
.block-diagram .levels rect { opacity: 0.07; }
.block-diagram .level { font-weight: 600; font-size: 13px; }
.block-diagram .cells { font-size: 11px; fill: var(--theme-foreground-muted, #5f6368); }
.block-diagram .line { fill: none; stroke: currentColor; stroke-width: 1.4; stroke-opacity: 0.75; }
.block-diagram .head { fill: currentColor; }
.block-diagram .direct .line, .block-diagram .part .line { stroke: var(--theme-foreground-muted, #5f6368); stroke-opacity: 1; }
.block-diagram .direct .head, .block-diagram .part .head { fill: var(--theme-foreground-muted, #5f6368); }
.block-diagram .direct .line { stroke-width: 2.4; }
.block-diagram .dangling .line { stroke-width: 2; stroke-dasharray: 2 3; stroke-opacity: 1; }
.block-diagram .ground { fill: var(--theme-background, #ffffff); }
.block-diagram .shape { fill: currentColor; fill-opacity: 0.2; stroke: currentColor; stroke-width: 1.2; stroke-linejoin: round; }
.block-diagram .output .shape { stroke-width: 3.2; }
.block-diagram .unused .shape { stroke-dasharray: 3 3; fill-opacity: 0; }
.block-diagram .part rect { fill: var(--theme-background, #ffffff); stroke: var(--theme-foreground-muted, #5f6368); }
.block-diagram .pyramid rect { stroke: currentColor; stroke-width: 1.6; }
.block-diagram .block text, .block-diagram .part text { text-anchor: middle; font-weight: 600; pointer-events: none; }
.block-diagram .part text { font-size: 11px; font-weight: 500; }
.block-diagram .target { fill: none; pointer-events: all; }
.block-diagram .block[role=option] { cursor: pointer; outline: none; }
.block-diagram .edge-labels text { text-anchor: middle; font-weight: 700; pointer-events: none; paint-order: stroke; stroke: var(--theme-background, #ffffff); stroke-width: 4px; }
.block-diagram .edge, .block-diagram .block, .block-diagram .parts > g { transition: opacity 120ms; }
.block-diagram .choosing .edges > :not(.near) { opacity: 0.22; }
.block-diagram .choosing :is(.blocks > g, .parts > g):not(.near, .shown) { opacity: 0.5; }
.block-diagram .edge.near .line { stroke-width: 2.4; stroke-opacity: 1; }
.block-diagram .chosen .shape { fill-opacity: 0.4; stroke-width: 3; }
.block-diagram .held .shape { fill-opacity: 0.55; }
.block-diagram .block:focus-visible .shape { stroke: var(--theme-foreground-focus, #2b51b0); stroke-width: 3.5; }
.block-diagram .legend text { font-size: 12px; fill: var(--theme-foreground-muted, #5f6368); }
.block-diagram .legend :is(.shape, .edge, .pyramid) { color: var(--theme-foreground-muted, #5f6368); }
.permute-drawing { touch-action: pan-y pinch-zoom; user-select: none; }
.permute-drawing .block { cursor: grab; }
.permute-drawing .block.chosen { touch-action: none; }
.permute-drawing.dragging, .permute-drawing.dragging .block { cursor: grabbing; }
.permute-drawing.dragging * { transition: none !important; }
.permute-drawing .slot { display: none; fill: none; stroke: var(--theme-foreground, #1b1e23); stroke-width: 1.5; stroke-dasharray: 5 3; }
.permute-drawing .slot.shown { display: inline; }
.permute-drawing .slot.refused { stroke-dasharray: 1.5 3; stroke-width: 2.5; stroke-linecap: round; }
.block-diagram .edge.added .line { stroke-width: 3; stroke-opacity: 1; }
.difference .ghost { fill: none; stroke: currentColor; stroke-width: 1.4; stroke-dasharray: 4 3; }
.difference .way { stroke: var(--theme-foreground-muted, #5f6368); stroke-width: 1.2; stroke-dasharray: 1.5 3; stroke-linecap: round; }
.difference .removed { fill: none; stroke: var(--theme-foreground-muted, #5f6368); stroke-width: 1.4; stroke-dasharray: 6 4; }
.difference .sign circle { fill: var(--theme-background, #ffffff); stroke: var(--theme-foreground, #1b1e23); }
.difference .sign text { font-size: 11px; font-weight: 700; text-anchor: middle; }
.difference { pointer-events: none; }
@media (prefers-reduced-motion: reduce) { .block-diagram * { transition: none !important; } }
`;
