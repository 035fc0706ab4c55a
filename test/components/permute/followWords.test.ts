import { beforeEach, expect, it } from "vitest";
import { followWords } from "../../../src/components/permute/followWords.js";
import { document } from "../../dom.js";

let drawing: SVGElement;

beforeEach(() => {
  document.body.innerHTML =
    `<p><button data-shows="down">coarser</button> <button data-shows="up">finer</button></p>` +
    `<svg><g class="edges"><path class="down"/><path class="same"/></g></svg>`;
  drawing = document.querySelector("svg")!;
  followWords(document.body, drawing, { down: ".edges > .down", up: ".edges > .up" });
});

const send = (type: string, selector: string) =>
  document.querySelector(selector)!.dispatchEvent(new Event(type, { bubbles: true }));
const lit = () => [...document.querySelectorAll(".lit")].map(({ textContent }) => textContent);

it("a word that is pointed at or has focus is named by the drawing", () => {
  send("pointerover", "[data-shows=up]");
  expect(drawing.dataset.shows).toBe("up");
  send("pointerout", "[data-shows=up]");
  expect(drawing.dataset.shows).toBeUndefined();
  send("focusin", "[data-shows=down]");
  expect(drawing.dataset.shows).toBe("down");
  send("focusout", "[data-shows=down]");
  expect(drawing.dataset.shows).toBeUndefined();
});

it("a part of the drawing lights the words that stand for it", () => {
  send("pointerover", ".down");
  expect(lit()).toEqual(["coarser"]);
  send("pointerout", ".down");
  send("pointerover", ".same");
  expect(lit()).toEqual([]);
  send("focusin", ".down");
  expect(lit()).toEqual(["coarser"]);
  send("focusout", ".down");
  expect(lit()).toEqual([]);
});
