import { JSDOM } from "jsdom";

const { window } = new JSDOM("<!doctype html><html><body></body></html>", { pretendToBeVisual: true });

// Figures, d3, htl and Plot take these from the global scope, as they do in a browser.
const globals = [
  "document",
  "window",
  "Node",
  "NodeFilter",
  "NodeList",
  "HTMLCollection",
  "Element",
  "HTMLElement",
  "HTMLInputElement",
  "HTMLSelectElement",
  "HTMLButtonElement",
  "SVGElement",
  "SVGSVGElement",
  "Text",
  "Comment",
  "DocumentFragment",
  "Event",
  "CustomEvent",
  "KeyboardEvent",
  "MouseEvent",
  "FocusEvent",
  "DOMParser",
  "XMLSerializer",
  "MutationObserver",
  "getComputedStyle",
  "requestAnimationFrame",
  "cancelAnimationFrame",
] as const;

for (const name of globals) {
  Object.defineProperty(globalThis, name, { value: window[name], configurable: true, writable: true });
}

/**
 * An empty page for figures that are drawn in a unit test. Importing this file puts it, and what
 * figures need with it, into the global scope: import it before the figure.
 */
export const document: Document = window.document;
