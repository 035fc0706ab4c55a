import { beforeEach, describe, expect, it, vi } from "vitest";
import { pointAtEachOther } from "../../../src/components/page/pointAtEachOther.js";
import { document } from "../../dom.js";

// Its elements take no signal of Node's.
vi.stubGlobal("AbortController", document.defaultView?.AbortController);

const parts = { head: ".head", blocks: ".block, .repeat" };
let page: HTMLElement;

beforeEach(() => {
  page = document.createElement("main");
  page.innerHTML =
    `<p>The <button data-shows="head">head</button>, <button data-shows="blocks">blocks</button>, a ` +
    `<button data-shows="blocks">block</button>.</p>` +
    `<div class="figure"><div class="head" tabindex="0"></div><div class="block"><b></b></div><div class="repeat"></div></div>`;
  document.body.replaceChildren(page);
});

const send = (type: string, target: Element) => target.dispatchEvent(new Event(type, { bubbles: true }));
const word = (index: number) => page.querySelectorAll("[data-shows]")[index]!;
const part = (selector: string) => page.querySelector(selector)!;
const lit = () =>
  [...page.querySelectorAll(".lit")].map((element) => element.textContent || element.className);

describe("words and parts of a figure", () => {
  it("light up each other when they are pointed at", () => {
    pointAtEachOther(page, parts);
    send("pointerover", word(1));
    expect(lit()).toEqual(["block lit", "repeat lit"]);
    send("pointerover", word(0));
    expect(lit()).toEqual(["head lit"]);
    // Whatever is inside a part is of it.
    send("pointerover", part(".block b"));
    expect(lit()).toEqual(["blocks", "block"]);
    send("pointerover", part(".figure"));
    expect(lit()).toEqual([]);
  });

  it("light up each other when they have focus", () => {
    pointAtEachOther(page, parts);
    send("focusin", word(0));
    expect(lit()).toEqual(["head lit"]);
    send("focusout", word(0));
    send("focusin", part(".head"));
    expect(lit()).toEqual(["head"]);
    send("focusout", part(".head"));
    expect(lit()).toEqual([]);
  });

  it("keep to a word with focus while the pointer is on a part, and to the pointer while it is on a word", () => {
    pointAtEachOther(page, parts);
    send("focusin", word(0));
    send("pointerover", part(".block"));
    expect(lit()).toEqual(["head lit"]);
    send("pointerover", word(2));
    expect(lit()).toEqual(["block lit", "repeat lit"]);
    page.dispatchEvent(new Event("pointerleave"));
    expect(lit()).toEqual(["head lit"]);
  });

  it("know words and parts that came later", () => {
    pointAtEachOther(page, parts);
    part(".figure").innerHTML = `<i class="head"></i>`;
    part("p").innerHTML = `<button data-shows="head">head</button>`;
    send("pointerover", word(0));
    expect(lit()).toEqual(["head lit"]);
    send("pointerover", part(".head"));
    expect(lit()).toEqual(["head"]);
  });

  it("come into view when the word is pressed", () => {
    pointAtEachOther(page, parts);
    const seen: unknown[] = [];
    for (const one of page.querySelectorAll(".block, .repeat")) {
      one.scrollIntoView = (options) => seen.push([one.className, options]);
    }
    send("click", word(1));
    expect(seen).toEqual([["block", { block: "nearest" }]]);
  });

  it("are left alone once that has ended", () => {
    const end = pointAtEachOther(page, parts);
    send("pointerover", word(0));
    end();
    expect(lit()).toEqual([]);
    send("pointerover", word(1));
    expect(lit()).toEqual([]);
  });
});

it("a word that stands for nothing is refused", () => {
  word(0).setAttribute("data-shows", "haed");
  expect(() => pointAtEachOther(page, parts)).toThrow(
    'The word "head" shows "haed"; it should show one of: head, blocks.',
  );
});
