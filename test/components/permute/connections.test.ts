import { describe, expect, it } from "vitest";
import { document } from "../../dom.js";
import {
  addressed,
  button,
  centreOf,
  type Instrument,
  menu,
  offer,
  open,
  option,
  pointer,
  press,
  row,
  settled,
  status,
} from "./instrument.js";

// Block 6 reads 3 and 5, at places 0 and 1.
const reads = (instrument: Instrument, id = 6): string => row(instrument, id)[4] ?? "";
const handles = (instrument: Instrument): SVGElement[] => [
  ...instrument.querySelectorAll<SVGElement>(".handle"),
];
const taken = (instrument: Instrument): string[] =>
  [...instrument.querySelectorAll<SVGElement>(".edge.taken")].map(
    ({ dataset }) => `${dataset.from}>${dataset.to}`,
  );
const rings = (instrument: Instrument): number => instrument.querySelectorAll(".ring").length;

describe("connections by keyboard", () => {
  it("are taken, led through the blocks before, refused in words, and set as one step", async () => {
    const instrument = open();
    option(instrument, 6).focus();
    press("c");
    expect(status(instrument)).toMatch(/^First connection of block 6, from block 3\. Arrow keys/);
    // Blocks 0 to 4; 5 is what the other connection reads.
    expect(rings(instrument)).toBe(5);
    expect(taken(instrument)).toEqual(["3>6"]);
    press("ArrowRight");
    expect(taken(instrument)).toEqual(["4>6"]);
    expect(status(instrument)).toBe("Block 6 reads block 4 instead of block 3. Enter connects it.");
    expect(reads(instrument)).toBe("3 down ÷4, 5 down ÷4");
    press("ArrowRight");
    expect(status(instrument)).toBe("Block 6 reads block 5 already, by its other connection.");
    expect(instrument.querySelector(".thread.refused")?.getAttribute("d")).toMatch(/^M/);
    press("Enter");
    expect(instrument.value.edited).toBe(false);
    press("ArrowRight");
    press("ArrowRight");
    expect(status(instrument)).toBe("Block 6 cannot read itself.");
    press("Home");
    press("Enter");
    expect(status(instrument)).toBe("Block 6 reads block 0 instead of block 3.");
    expect(reads(instrument)).toBe("0 down ÷16, 5 down ÷4");
    expect([rings(instrument), document.activeElement]).toEqual([0, option(instrument, 6)]);
    await settled();
    await addressed(/-6r05-/);
    press("z", { ctrlKey: true });
    expect([reads(instrument), instrument.value.edited]).toEqual(["3 down ÷4, 5 down ÷4", false]);
    press("z", { ctrlKey: true, shiftKey: true });
    expect(reads(instrument)).toBe("0 down ÷16, 5 down ÷4");
  });

  it("change places by C, and are left as they were by Escape", () => {
    const instrument = open();
    option(instrument, 6).focus();
    press("c");
    press("ArrowLeft");
    press("C");
    expect(status(instrument)).toMatch(/^Second connection of block 6, from block 5\./);
    press("ArrowLeft");
    expect(status(instrument)).toBe("Block 6 reads block 4 instead of block 5. Enter connects it.");
    press("Escape");
    expect(status(instrument)).toBe("Left as it was.");
    expect([reads(instrument), instrument.value.edited]).toEqual(["3 down ÷4, 5 down ÷4", false]);
    expect(option(instrument, 6).getAttribute("aria-selected")).toBe("true");
  });

  it("are taken away by Delete but for the last, and the free place is taken again", () => {
    const instrument = open();
    option(instrument, 6).focus();
    press("c");
    press("Delete");
    expect(reads(instrument)).toBe("5 down ÷4");
    press("c");
    press("Delete");
    expect(status(instrument)).toBe("Block 6 must read at least one block.");
    press("c");
    expect(status(instrument)).toMatch(/^Second connection of block 6, not used yet\./);
    press("ArrowLeft");
    // From a free place the first step back is to the block before the reader, which is read already.
    expect(status(instrument)).toBe("Block 6 reads block 5 already, by its other connection.");
    press("ArrowLeft");
    press(" ");
    expect(reads(instrument)).toBe("5 down ÷4, 4 down ÷8");
  });

  it("of the stem and of a chain cannot be taken, which is said", () => {
    const instrument = open();
    option(instrument, 1).focus();
    press("c");
    expect(status(instrument)).toBe(
      "Block 1 reads the block before it, as all of the stem do, and nothing else.",
    );
    button(instrument, "ResNet-50-FPN").click();
    option(instrument, 5).focus();
    press("c");
    expect(status(instrument)).toBe(
      "Block 5 reads the block before it, as all of a chain do, and nothing else.",
    );
    expect(handles(instrument)).toHaveLength(0);
  });
});

describe("connections by pointer", () => {
  it("have a handle each while their block is chosen", () => {
    const instrument = open();
    expect(handles(instrument)).toHaveLength(0);
    option(instrument, 6).focus();
    expect(handles(instrument).map(({ dataset }) => dataset.place)).toEqual(["0", "1"]);
    option(instrument, 0).focus();
    expect(handles(instrument)).toHaveLength(0);
  });

  it("fade with their connections while another block is pointed at", () => {
    const instrument = open("?block=6");
    const drawing = instrument.querySelector(".permute-drawing")!;
    const point = (id: number) =>
      option(instrument, id).dispatchEvent(new Event("pointerover", { bubbles: true }));
    expect(drawing.classList.contains("elsewhere")).toBe(false);
    point(12);
    expect([drawing.classList.contains("elsewhere"), handles(instrument).length]).toEqual([true, 2]);
    point(6);
    expect(drawing.classList.contains("elsewhere")).toBe(false);
  });

  it("are dragged to another block, with the legal ones ringed, and set where they are dropped", async () => {
    const instrument = open("?block=6");
    const drawing = instrument.querySelector(".permute-drawing")!;
    const [handle] = handles(instrument) as [SVGElement];
    const [x, y] = centreOf(handle);
    pointer(handle, "pointerdown", x, y);
    pointer(drawing, "pointermove", x + 40, y - 30);
    expect(status(instrument)).toMatch(/^First connection of block 6, from block 3\. Drag it to the block/);
    expect(rings(instrument)).toBe(5);
    const later = centreOf(option(instrument, 9));
    pointer(drawing, "pointermove", ...later);
    expect(status(instrument)).toContain("Block 6 cannot read block 9, which is computed after it");
    expect(instrument.querySelector(".ring.over.refused")).not.toBeNull();
    pointer(drawing, "pointermove", ...centreOf(option(instrument, 1)));
    expect(status(instrument)).toBe("Block 6 reads block 1 instead of block 3.");
    expect(menu(instrument, "First block it reads").value).toBe("1");
    expect(instrument.value.edited).toBe(false);
    pointer(drawing, "pointerup", ...centreOf(option(instrument, 1)));
    await settled();
    expect(reads(instrument)).toBe("1 down ÷16, 5 down ÷4");
    await addressed(/-6r15-/);
    button(instrument, "Undo").click();
    expect(reads(instrument)).toBe("3 down ÷4, 5 down ÷4");
  });

  it("go back where they are dropped on nothing, on a later block, or given up by Escape", () => {
    const instrument = open("?block=6");
    const drawing = instrument.querySelector(".permute-drawing")!;
    const drag = (to: [number, number]): void => {
      const [handle] = handles(instrument) as [SVGElement];
      pointer(handle, "pointerdown", ...centreOf(handle));
      pointer(drawing, "pointermove", ...to);
    };
    drag([1, 1]);
    pointer(drawing, "pointerup", 1, 1);
    drag(centreOf(option(instrument, 9)));
    pointer(drawing, "pointerup", ...centreOf(option(instrument, 9)));
    drag(centreOf(option(instrument, 1)));
    document.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape" }));
    expect(status(instrument)).toBe("Left as it was.");
    expect([rings(instrument), instrument.value.edited]).toEqual([0, false]);
    expect(button(instrument, "Undo").disabled).toBe(true);
    expect(offer(instrument).hidden).toBe(true);
  });

  it("are set by a tap on the handle and one on the block, and left by a second tap on the handle", () => {
    const instrument = open("?block=6");
    const tap = (part: Element): void => {
      pointer(part, "pointerdown", ...centreOf(part));
      pointer(part, "pointerup", ...centreOf(part));
    };
    tap(handles(instrument)[1]!);
    expect(status(instrument)).toMatch(
      /^Second connection of block 6, from block 5\. Tap the block it should read/,
    );
    tap(handles(instrument)[1]!);
    expect(status(instrument)).toBe("Left as it was.");
    tap(handles(instrument)[1]!);
    tap(option(instrument, 12));
    expect(status(instrument)).toContain("Block 6 cannot read block 12");
    tap(option(instrument, 0));
    expect(reads(instrument)).toBe("3 down ÷4, 0 down ÷16");
    expect(option(instrument, 6).getAttribute("aria-selected")).toBe("true");
  });
});
