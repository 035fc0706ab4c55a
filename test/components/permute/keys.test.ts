import { describe, expect, it } from "vitest";
import { document } from "../../dom.js";
import { offer, open, option, press, row, status } from "./instrument.js";

describe("the instrument by keyboard", () => {
  it("walks, lifts, moves, refuses in words, puts down and undoes, with focus on the block all the while", () => {
    const instrument = open();
    option(instrument, 0).focus();
    for (let step = 0; step < 3; step++) press("ArrowRight");
    expect(document.activeElement).toBe(option(instrument, 3));
    press("Enter");
    expect(status(instrument)).toContain("Block 3 is lifted");
    press("ArrowUp");
    expect(row(instrument, 3)[1]).toBe("L5");
    press("ArrowLeft");
    expect(document.activeElement).toBe(option(instrument, 2));
    expect(row(instrument, 2).slice(0, 3)).toEqual(["2", "L5", "residual"]);
    press("ArrowLeft");
    expect(status(instrument)).toBe("Block 2 cannot be computed before block 1, which belongs to the stem.");
    expect(instrument.querySelector(".status-line.refused")).not.toBeNull();
    press("Enter");
    expect(instrument.value).toMatchObject({ edited: true });
    press("z", { ctrlKey: true });
    expect(instrument.value.edited).toBe(false);
    expect(document.activeElement).toBe(option(instrument, 3));
    press("z", { ctrlKey: true, shiftKey: true });
    expect(row(instrument, 2)[1]).toBe("L5");
  });

  it("puts a lifted block back by Escape, lets go of a chosen one by another, and keeps focus", () => {
    const instrument = open();
    option(instrument, 5).focus();
    press(" ");
    press("ArrowUp");
    press("Escape");
    expect([row(instrument, 5)[1], instrument.value.edited]).toEqual(["L4", false]);
    expect(option(instrument, 5).getAttribute("aria-selected")).toBe("true");
    expect(document.activeElement).toBe(option(instrument, 5));
    press("Escape");
    expect(document.activeElement).toBe(option(instrument, 5));
    expect(instrument.querySelectorAll('[aria-selected="true"]')).toHaveLength(0);
  });

  it("removes a block by Delete once its readers are taken care of", () => {
    const instrument = open();
    option(instrument, 9).focus();
    press("Delete");
    expect(status(instrument)).toContain("Block 9 is read by block 10");
    offer(instrument).click();
    expect(instrument.querySelectorAll("[role=option]")).toHaveLength(16);
    expect(offer(instrument).hidden).toBe(true);
  });

  it("leaves other keys and those with modifiers to the browser", () => {
    const instrument = open();
    option(instrument, 0).focus();
    press("ArrowRight", { altKey: true });
    press("a");
    expect(document.activeElement).toBe(option(instrument, 0));
  });
});
