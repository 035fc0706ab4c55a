import "../../dom.js";
import { describe, expect, it } from "vitest";
import { descriptionOf } from "../../../src/architecture/costs/description.js";
import { modelByName } from "../../../src/architecture/families/modelByName.js";
import { operationWords } from "../../../src/components/diagram/operationWords.js";
import { blockDetail } from "../../../src/components/permute/panels/blockDetail.js";
import { resamplingTable } from "../../../src/components/permute/panels/connectionTable.js";
import { operationTitle } from "../../../src/components/resample/words.js";

describe("an operation's words", () => {
  it("name window and kind, and the stride where it is not 1", () => {
    expect(operationWords({ op: "conv" })).toBe("1×1 convolution");
    expect(operationWords({ op: "conv", window: 3, stride: 2 })).toBe("3×3 convolution, stride 2");
    expect(operationWords({ op: "depthwiseConv", window: 3, stride: 1 })).toBe("3×3 depthwise convolution");
    expect(operationWords({ op: "maxPool", window: 3, stride: 2 })).toBe("3×3 max pool, stride 2");
  });

  it("say how often a cell is repeated, where that is known", () => {
    expect(operationWords({ op: "resizeNearest", times: 4 })).toBe("each cell repeated 4×4");
    expect(operationWords({ op: "resizeNearest" })).toBe("each cell repeated");
  });

  it("are the same of one connection in a block's detail, in the table of ways and step by step", () => {
    const model = modelByName("spinenet-49");
    const network = descriptionOf(model);
    // L7 to L5: 5 cells a side become 20, each repeated 4 times along both.
    const up = network.connections.find(({ from, to }) => from === 9 && to === 10)!;
    const words = ["1×1 convolution", "each cell repeated 4×4", "1×1 convolution"];
    expect(up.operations.map(operationTitle)).toEqual(words);
    const detail = [...blockDetail(network, 10).querySelectorAll("li span")].map((item) => item.textContent);
    // 256 · 128 + 2 · 128 and 128 · 1024 + 2 · 1024, batch norms' scales and offsets included
    expect(detail[1]).toBe(
      "1×1 convolution: 5×5×128 → each cell repeated 4×4: 20×20×128 → 1×1 convolution: 20×20×1024 (166,144 parameters)",
    );
    const cells = [...resamplingTable(network).querySelectorAll("td:nth-child(2)")];
    expect(cells.map((cell) => cell.textContent)).toContain(words.join(" → "));
  });
});
