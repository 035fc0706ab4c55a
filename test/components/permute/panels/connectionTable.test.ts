import "../../../dom.js";
import { describe, expect, it } from "vitest";
import { descriptionOf } from "../../../../src/architecture/costs/description.js";
import { type ModelName, modelByName } from "../../../../src/architecture/families/modelByName.js";
import { resamplingTable } from "../../../../src/components/permute/panels/connectionTable.js";

function rows(name: ModelName): string[] {
  const table = resamplingTable(descriptionOf(modelByName(name)));
  return [...table.querySelectorAll("tbody tr")].map((row) =>
    [...row.children].map((cell) => cell.textContent ?? "").join(" | "),
  );
}

describe("the resampling table", () => {
  it("lists each way to get from one scale to another, and who goes it", () => {
    expect(rows("spinenet-49")).toEqual([
      "down ÷2 | 1×1 convolution → 3×3 convolution, stride 2 → 1×1 convolution | 7: 2→4, 4→5, 7→8, 6→9, 7→14, 12→14, 14→16",
      "down ÷4 | 1×1 convolution → 3×3 convolution, stride 2 → 3×3 max pool, stride 2 → 1×1 convolution | 8: 0→3, 1→3, 2→5, 3→6, 5→6, 8→9, 14→15, 12→16",
      "down ÷8 | 1×1 convolution → 3×3 convolution, stride 2 → 3×3 max pool, stride 2 → 3×3 max pool, stride 2 → 1×1 convolution | 1: 5→15",
      "same size = | 1×1 convolution → 1×1 convolution | 9: 0→2, 1→2, 3→7, 5→7, 8→10, 8→11, 10→11, 5→12, 4→13",
      "up ×2 | 1×1 convolution → each cell repeated 2×2 → 1×1 convolution | 3: 3→4, 6→8, 10→12",
      "up ×4 | 1×1 convolution → each cell repeated 4×4 → 1×1 convolution | 2: 9→10, 10→13",
      "direct | none | 1: 0→1",
      "added as it is + | none | 1: 11→14",
    ]);
  });

  it("has one row for a chain", () => {
    expect(rows("resnet-50-fpn").map((row) => row.slice(0, 20))).toEqual(["direct | none | 15: "]);
  });
});
