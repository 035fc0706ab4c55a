import { describe, expect, it } from "vitest";
import {
  addressed,
  centreOf,
  costs,
  eventually,
  offer,
  open,
  option,
  pointer,
  row,
  status,
} from "./instrument.js";

describe("the instrument by pointer", () => {
  it("takes a block along, shows what a drop would leave and what it costs, and drops it there", async () => {
    const instrument = open();
    const drawing = instrument.querySelector(".permute-drawing")!;
    const [[x, y], [left], [, above]] = [
      centreOf(option(instrument, 3)),
      centreOf(option(instrument, 2)),
      centreOf(option(instrument, 6)),
    ];
    pointer(option(instrument, 3), "pointerdown", x, y);
    pointer(drawing, "pointermove", left, above);
    await eventually(() =>
      expect(status(instrument)).toBe("Block 3 is now block 2. Block 2 is at level 6 instead of 4."),
    );
    expect(costs(instrument)).not.toContain("85.3\u00a0B");
    expect(instrument.value.edited).toBe(false);
    pointer(drawing, "pointerup", left, above);
    expect(instrument.value.edited).toBe(true);
    expect(row(instrument, 2).slice(1, 3)).toEqual(["L6", "residual"]);
    await eventually(() => expect(centreOf(option(instrument, 2))).toEqual([left, above]));
    await addressed(/^\?model=spinenet-49&blocks=1\.2b2b\.6r01-2b01-/);
  });

  it("says why a block cannot stand where it is held, and returns it", async () => {
    const instrument = open();
    const drawing = instrument.querySelector(".permute-drawing")!;
    const [[x, y], [right]] = [centreOf(option(instrument, 2)), centreOf(option(instrument, 8))];
    pointer(option(instrument, 2), "pointerdown", x, y);
    pointer(drawing, "pointermove", right, y);
    await eventually(() => expect(instrument.querySelector(".slot.refused")).not.toBeNull());
    expect(status(instrument)).toContain("Block 4 reads block 2, so block 2 cannot be computed after it");
    // Beside the pointer too, for eyes alone, as long as it is held there.
    const note = instrument.querySelector<HTMLElement>(".refusal-note")!;
    expect([note.hidden, note.getAttribute("aria-hidden")]).toEqual([false, "true"]);
    expect(status(instrument)).toContain(note.textContent);
    expect(note.textContent).toContain("Block 4 reads block 2");
    pointer(drawing, "pointerup", right, y);
    expect(note.hidden).toBe(true);
    await eventually(() => expect(centreOf(option(instrument, 2))).toEqual([x, y]));
    expect(offer(instrument).hidden).toBe(false);
  });

  it("only chooses a block that is not taken along", () => {
    const instrument = open();
    const [x, y] = centreOf(option(instrument, 7));
    pointer(option(instrument, 7), "pointerdown", x, y);
    pointer(option(instrument, 7), "pointerup", x + 1, y);
    expect(option(instrument, 7).getAttribute("aria-selected")).toBe("true");
    expect(instrument.value.edited).toBe(false);
  });
});
