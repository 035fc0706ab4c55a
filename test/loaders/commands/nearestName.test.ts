import { describe, expect, it } from "vitest";
import { nearestName } from "../../../loaders/commands/nearestName.js";

describe("nearestName", () => {
  it("finds the name that the fewest edits reach", () => {
    const names = ["spinenet-49", "spinenet-96", "resnet-50-fpn"];
    expect(nearestName("resnet50fpn", names)).toBe("resnet-50-fpn");
    expect(nearestName("spinenet69", names)).toBe("spinenet-49");
    expect(nearestName("SpineNet-96", names)).toBe("spinenet-96");
  });

  it("takes the first of equally near names, and none from an empty list", () => {
    expect(nearestName("ac", ["ab", "ad"])).toBe("ab");
    expect(nearestName("a", [])).toBeUndefined();
  });
});
