import { describe, expect, it } from "vitest";
import { button, choose, menu, open, row, status } from "./instrument.js";

describe("the instrument by buttons and menus", () => {
  it("moves, levels, toggles, rewires, marks, adds and removes the chosen block", () => {
    const instrument = open("?block=3");
    button(instrument, "Move the block to the next coarser level").click();
    expect(row(instrument, 3)[1]).toBe("L5");
    button(instrument, "Make it a bottleneck").click();
    expect(row(instrument, 3)[2]).toBe("bottleneck");
    button(instrument, "Move the block earlier").click();
    expect(row(instrument, 2)[1]).toBe("L5");
    choose(menu(instrument, "Second block it reads"), "");
    expect(row(instrument, 2)[4]).toBe("0 down ÷8");
    button(instrument, "Choose the next block").click();
    button(instrument, "Add a block after it").click();
    expect(instrument.querySelectorAll("[role=option]")).toHaveLength(18);
    expect(instrument.querySelectorAll(".rule-list .broken").length).toBeGreaterThan(0);
    const output = instrument.querySelector<HTMLInputElement>("input[aria-label=Output]")!;
    output.checked = true;
    output.dispatchEvent(new Event("change"));
    // Block 3 is at level 2, where no output is.
    expect(row(instrument, 3)[7]).toBe("P2");
  });

  it("keeps a menu on what holds when a choice is refused", () => {
    const instrument = open("?block=5");
    const second = menu(instrument, "Second block it reads");
    choose(second, "2");
    expect(status(instrument)).toContain("twice as a parent");
    expect(second.value).toBe("4");
  });

  it("offers only earlier blocks to read, and none in a chain", () => {
    const instrument = open("?block=5");
    const first = menu(instrument, "First block it reads");
    expect([...first.options].map(({ value }) => value)).toEqual(["0", "1", "2", "3", "4"]);
    button(instrument, "ResNet-50-FPN").click();
    expect(first.disabled).toBe(true);
  });

  it("has nothing to press while no block is chosen", () => {
    const instrument = open();
    expect(instrument.querySelector<HTMLFieldSetElement>(".block-controls")?.disabled).toBe(true);
    button(instrument, "Choose the next block").click();
    expect(instrument.querySelector<HTMLFieldSetElement>(".block-controls")?.disabled).toBe(false);
    expect(instrument.querySelector(".block-inspector summary")?.textContent).toMatch(/^Block 0/);
  });
});
