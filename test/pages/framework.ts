import type { AboutData } from "../../src/pageData/about.js";
import type { LiveData } from "../../src/pageData/live.js";
import type { OverviewData } from "../../src/pageData/overview.js";
import type { PermuteData } from "../../src/pageData/permute.js";
import type { ResultsData } from "../../src/pageData/results.js";
import type { ScaleData } from "../../src/pageData/scale.js";
import type { SearchData, SearchFormulas } from "../../src/pageData/search.js";

/*
 * What pages have of Framework, as types: names that are there in every code block, and what "observablehq:stdlib"
 * exports. Nothing here runs.
 */

interface PageData {
  readonly "data/about.json": AboutData;
  readonly "data/live.json": LiveData;
  readonly "data/overview.json": OverviewData;
  readonly "data/permute.json": PermuteData;
  readonly "data/results.json": ResultsData;
  readonly "data/scale.json": ScaleData;
  readonly "data/search.json": SearchData;
  readonly "data/searchFormulas.json": SearchFormulas;
}

declare function fileAttachment<Name extends keyof PageData>(name: Name): { json(): Promise<PageData[Name]> };
declare function fileAttachment(name: `${string}.webp`): { url(): Promise<string> };

/** Draws at the width that is there, and again whenever that changes. */
export declare function resize(draw: (width: number, height: number) => Node): HTMLElement;

export declare function display<Value>(value: Value): Value;
/** To the other blocks of the page, an input's value. */
export declare function view<Value>(input: HTMLElement & { readonly value: Value }): Value;
export declare function html(strings: TemplateStringsArray, ...values: readonly unknown[]): HTMLElement;
export declare const invalidation: Promise<void>;

export { fileAttachment as FileAttachment };
