import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { resampleAddress } from "../../../src/components/resample/urlState.js";

const connections = [
  { from: 0, to: 1 },
  { from: 5, to: 15 },
  { from: 9, to: 10 },
];
const usual = { from: 5, to: 15, alpha: 0.5, parent: null, target: null };

describe("the address of the page on resampling", () => {
  it("without a query means the connection that shrinks most, as published", () => {
    expect(resampleAddress(connections).read("")).toEqual({ state: usual, problems: [] });
    expect(resampleAddress(connections).write("?x=1&edge=9-10&alpha=1", usual)).toBe("?x=1");
  });

  it("read again, is what was written", () => {
    const kind = fc.constantFrom("bottleneck" as const, "residual" as const, null);
    const edge = fc.constantFrom(...connections);
    fc.assert(
      fc.property(edge, fc.constantFrom(0.25, 0.5, 0.75, 1), kind, kind, (ends, alpha, parent, target) => {
        const address = { ...ends, alpha, parent, target };
        expect(resampleAddress(connections).read(resampleAddress(connections).write("", address))).toEqual({
          state: address,
          problems: [],
        });
      }),
    );
  });

  it("that means nothing is told, and the usual taken", () => {
    expect(resampleAddress(connections).read("?edge=3-2&alpha=0.3&parent=mbconv")).toEqual({
      state: usual,
      problems: [
        "The page's address says edge=3-2; it should be a connection of the network, such as 5-15, which is taken.",
        "The page's address says alpha=0.3; it should be 0.25, 0.5, 0.75 or 1; 0.5 is taken.",
        "The page's address says parent=mbconv; it should be bottleneck or residual; the network's own is taken.",
      ],
    });
  });
});
