import { describe, expect, it } from "vitest";
import { document } from "../../dom.js";
import { costs, open, option, row, status } from "./instrument.js";

describe("the instrument untouched", () => {
  it("shows SpineNet-49 with its costs beside ResNet-50-FPN's and the paper's", () => {
    const instrument = open();
    expect(instrument.value).toMatchObject({ preset: "spinenet-49", edited: false });
    expect(instrument.querySelectorAll("[role=option]")).toHaveLength(17);
    for (const part of ["28.5\u00a0M", "34.1\u00a0M", "85.3\u00a0B", "96.9\u00a0B", "85.4\u00a0B", "42.8"]) {
      expect(costs(instrument)).toContain(part);
    }
    expect(instrument.querySelectorAll(".rule-list li")).toHaveLength(4);
    expect(instrument.querySelectorAll(".rule-list .broken")).toHaveLength(0);
    expect(row(instrument, 14)[4]).toBe("7 down ÷2, 12 down ÷2, 11 added as it is +");
  });

  it("has one stop for Tab in its drawing, a block", () => {
    const drawing = open().querySelector(".permute-drawing")!;
    const stops = [drawing, ...drawing.querySelectorAll("[role=listbox], [role=option]")].filter(
      (element) => element.getAttribute("tabindex") !== "-1",
    );
    expect(stops.map((element) => [element.getAttribute("role"), element.getAttribute("data-id")])).toEqual([
      ["option", "0"],
    ]);
  });

  it("says what the address has wrong", () => {
    expect(status(open("?model=vgg"))).toContain("no network is called so");
  });
});

describe("words of the text", () => {
  it("make what they name stand out while they are pointed at or have focus", () => {
    const instrument = open();
    const word = document.createElement("button");
    word.dataset.shows = "outputs";
    document.body.append(word);
    const drawing = instrument.querySelector<SVGElement>(".permute-drawing")!;
    word.focus();
    expect(drawing.dataset.shows).toBe("outputs");
    word.blur();
    expect(drawing.dataset.shows).toBeUndefined();
  });
});
describe("the table", () => {
  it("makes the block stand out whose row is pointed at, and marks the chosen one's", () => {
    const instrument = open("?block=4");
    const rows = instrument.querySelectorAll(".block-table tr[data-id]");
    expect(rows[4]?.classList.contains("chosen")).toBe(true);
    rows[9]?.dispatchEvent(new Event("pointerover", { bubbles: true }));
    expect(option(instrument, 9).classList.contains("shown")).toBe(true);
    expect(option(instrument, 4).getAttribute("aria-selected")).toBe("true");
    instrument.querySelector(".permute-table > div")?.dispatchEvent(new Event("pointerleave"));
    expect(option(instrument, 9).classList.contains("shown")).toBe(false);
  });
});
