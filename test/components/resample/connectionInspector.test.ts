import "../../dom.js";
import { describe, expect, it } from "vitest";
import { descriptionOf } from "../../../src/architecture/costs/description.js";
import type { SmallConnection } from "../../../src/architecture/drawing/smallConnection.js";
import { connectionInspector, editedModel } from "../../../src/components/resample/connectionInspector.js";
import type { ResampleState } from "../../../src/components/resample/urlState.js";

const usual: ResampleState = { from: 5, to: 15, alpha: 0.5, parent: null, target: null };

function open(state: ResampleState = usual, failure?: string) {
  const told: ResampleState[] = [];
  const asked: SmallConnection[] = [];
  const { operations, pixels } = connectionInspector({
    state,
    resampler: {
      resample: async (connection) => {
        asked.push(connection);
        if (failure) throw new Error(failure);
        return { backend: "wasm", maps: [] };
      },
    },
    changed: (changed) => told.push(changed),
  });
  document.body.replaceChildren(operations, pixels);
  const set = (selector: string, value: string) => {
    const control = operations.querySelector<HTMLInputElement | HTMLSelectElement>(selector)!;
    control.value = value;
    control.dispatchEvent(new Event("input"));
  };
  const outputs = () =>
    [...operations.querySelectorAll("tbody tr td:nth-child(3)")].map((cell) => cell.textContent);
  return { operations, pixels, told, asked, set, outputs };
}

describe("the connection under the glass", () => {
  it("is one of as many options as there are connections, and one item of the list", () => {
    const { operations } = open();
    const chosen = operations.querySelectorAll("[role=option][aria-selected=true]");
    expect([...chosen].map((option) => option.getAttribute("aria-label"))).toEqual(["5 → 15, down ÷8"]);
    // Two parents for each of 15 blocks, 0 → 1 in the stem, 11 → 14 as it is.
    expect(operations.querySelectorAll("[role=option]")).toHaveLength(32);
    expect(operations.querySelectorAll(".edge-controls select:first-of-type option").length).toBeGreaterThan(
      31,
    );
  });

  it("follows arrow keys, and gives up block types that were another connection's", () => {
    const { operations, told } = open({ ...usual, parent: "residual" });
    const option = operations.querySelector<SVGGElement>("[role=option][tabindex='0']")!;
    option.focus();
    option.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight", bubbles: true }));
    expect(told).toEqual([{ from: 14, to: 15, alpha: 0.5, parent: null, target: null }]);
    expect(operations.querySelector("select")?.value).toBe("29");
  });

  it("changes with α and with block types, in shapes and on the small map", () => {
    const { set, told, asked, outputs } = open();
    const [parent, target] = ["label:nth-of-type(3) select", "label:nth-of-type(4) select"];
    set("input[type=range]", "1");
    expect(outputs().slice(0, 1)).toEqual(["40×40×256"]);
    set(parent!, "residual");
    set(target!, "residual");
    // A residual block at level 4 gives out 256 channels; α = 1 leaves them as many.
    expect(told.at(-1)).toEqual({ ...usual, alpha: 1, parent: "residual", target: "residual" });
    expect(asked.at(-1)).toEqual({
      ...{ direction: "down", ratio: 8, alpha: 1, parent: "residual", target: "residual" },
    });
    set(parent!, "bottleneck");
    expect(told.at(-1)?.parent).toBeNull();
  });

  it("folds the table of the steps below their drawing, and leaves it open from one connection to the next", () => {
    const { operations, set } = open();
    const folded = () => operations.querySelector("details")!;
    expect(folded().querySelector("summary")?.textContent).toBe("The same as a table");
    expect(folded().open).toBe(false);
    folded().open = true;
    // The last connection of the list, 14 → 16.
    set(".edge-controls select", "31");
    expect(folded().querySelector("caption")?.textContent).toBe("Connection 14 → 16, down ÷2, α 0.5");
    expect(folded().open).toBe(true);
    // The first, in the stem, has no steps and so no table.
    set(".edge-controls select", "0");
    expect(folded().hidden).toBe(true);
  });

  it("says why there are no operations where a map passes as it is", () => {
    const { operations, asked } = open({ ...usual, from: 11, to: 14 });
    expect(operations.querySelector(".edge-steps-place")?.textContent).toBe(
      "No other block reads block 11, so block 14 adds its map unchanged: no operations, no cost.",
    );
    expect(asked[0]?.direction).toBe("as it is");
  });

  it("says why tfjs cannot show it", async () => {
    const { pixels } = open(usual, "This browser can run no network.");
    await Promise.resolve();
    await Promise.resolve();
    expect(pixels.querySelector("[role=status]")?.textContent).toBe("This browser can run no network.");
  });

  it("is in a network that keeps every other block", () => {
    const { blocks } = descriptionOf(editedModel({ ...usual, from: 0, to: 3, parent: "residual" }));
    const own = descriptionOf(editedModel(usual)).blocks;
    expect(blocks.filter(({ kind }, id) => kind !== own[id]!.kind).map(({ id }) => id)).toEqual([0]);
  });
});
