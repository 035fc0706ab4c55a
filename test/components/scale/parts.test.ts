import { describe, expect, it } from "vitest";
import { costMeasures } from "../../../src/architecture/costs/costShares.js";
import {
  beforeHead,
  comparedCosts,
  finestShareOfHead,
  partOf,
  shareOfPart,
} from "../../../src/components/scale/parts.js";

const { spineNet49, spineNet96, resNet } = comparedCosts();

describe("the parts of networks that the page on scale compares", () => {
  it("are percentages of a network's cost", () => {
    const shares = costMeasures.map((measure) => shareOfPart(spineNet49, "head", measure));
    expect(shares.every((share) => /^\d+(\.\d)?%$/.test(share))).toBe(true);
    // 5 levels of 80², 40², 20², 10², 5² cells: 6400 of 8525.
    expect(finestShareOfHead(spineNet49)).toBe("75%");
  });

  it("say what comes before the head, which SpineNet-49 and ResNet-50-FPN share", () => {
    expect(partOf(resNet, "head").multiplyAdds).toBe(partOf(spineNet49, "head").multiplyAdds);
    expect(beforeHead(resNet)).toBe(resNet.multiplyAdds - partOf(resNet, "head").multiplyAdds);
  });

  it("compare SpineNet-96 at SpineNet-49's input, where only its blocks cost more", () => {
    const more = (id: "blocks" | "resampling" | "head") =>
      partOf(spineNet96, id).multiplyAdds - partOf(spineNet49, id).multiplyAdds;
    expect(more("blocks")).toBe(spineNet96.multiplyAdds - spineNet49.multiplyAdds);
    expect([more("resampling"), more("head")]).toEqual([0, 0]);
  });

  it("are named where a network lacks them", () => {
    expect(() => partOf(spineNet49, "pyramid")).toThrow('SpineNet-49 has no part "pyramid".');
  });
});
