import { create, type Selection } from "d3";

export type Drawing = Selection<SVGSVGElement, undefined, null, undefined>;

/** A rectangle of a drawing, in pixels. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** An empty SVG, `width` by `height` pixels. */
export function drawing(className: string, width: number, height: number): Drawing {
  return create<SVGSVGElement>("svg:svg")
    .attr("class", className)
    .attr("viewBox", `0 0 ${width} ${height}`)
    .attr("width", width)
    .attr("height", height);
}

/** An empty SVG whose text is set in the site's sans serif at 12 pixels. */
export function chart(className: string, width: number, height: number): Drawing {
  return drawing(className, width, height).call(setType);
}

export function setType(svg: Drawing): void {
  svg.attr("font-family", "var(--sans-serif, system-ui, sans-serif)").attr("font-size", 12);
}

/** Makes a drawing one image to screen readers. */
export function describeImage(svg: Drawing, title: string, description?: string): void {
  svg.attr("role", "img").attr("aria-label", description === undefined ? title : `${title}. ${description}`);
}

/** Coordinates are rounded to tenths of a pixel, so that drawings are the same on every machine. */
export function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}
