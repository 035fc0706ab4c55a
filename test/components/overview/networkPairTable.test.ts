import "../../dom.js";
import { describe, expect, it } from "vitest";
import { descriptionOf } from "../../../src/architecture/costs/description.js";
import { modelByName } from "../../../src/architecture/families/modelByName.js";
import { networkPairTable } from "../../../src/components/overview/networkPairTable.js";

const table = networkPairTable([
  descriptionOf(modelByName("resnet-50-fpn")),
  descriptionOf(modelByName("spinenet-49")),
]);
const row = (name: string): (string | null)[] => {
  const rows = [...table.querySelectorAll("tbody tr")];
  const found = rows.find((one) => one.querySelector("th")?.textContent === name)!;
  return [...found.querySelectorAll("td")].map(({ textContent }) => textContent);
};

describe("the table beside two networks", () => {
  it("tells each block's level and kind, and what it reads", () => {
    expect(row("0")).toEqual(["L2 bottleneck, from the stem", "L2 bottleneck, from the stem"]);
    // Paper, figure 4d.
    expect(row("3")).toEqual(["L3 bottleneck, from 2", "L4 residual, from 0 and 1"]);
    expect(row("14")).toEqual(["L5 bottleneck, from 13", "L5 bottleneck, from 7 and 12, and 11 as it is"]);
  });

  it("leaves empty what the shorter network does not have", () => {
    expect(row("16")).toEqual(["", "L6 bottleneck, from 12 and 14"]);
  });

  it("tells what each map that the head reads is made from", () => {
    // Blocks 0–2, 3–6, 7–12 and 13–15 are ResNet-50's four stages.
    expect(row("P3")).toEqual(["from block 6 and P4", "from block 13"]);
    expect(row("P7")).toEqual(["from P6", "from block 15"]);
  });
});
