import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readResampleAddress, writeResampleAddress } from "../../../src/components/resample/address.js";

const connections = ["0-1", "5-15", "9-10"];
const usual = { from: 5, to: 15, alpha: 0.5, parent: null, target: null };

describe("the address of the page on resampling", () => {
  it("without a query means the connection that shrinks most, as published", () => {
    expect(readResampleAddress("", connections)).toEqual({ address: usual, problems: [] });
    expect(writeResampleAddress("?x=1&edge=9-10&alpha=1", usual)).toBe("?x=1");
  });

  it("read again, is what was written", () => {
    const kind = fc.constantFrom("bottleneck" as const, "residual" as const, null);
    const edge = fc.constantFrom(...connections.map((name) => name.split("-").map(Number)));
    fc.assert(
      fc.property(edge, fc.constantFrom(0.25, 0.5, 0.75, 1), kind, kind, (ends, alpha, parent, target) => {
        const address = { from: ends[0]!, to: ends[1]!, alpha, parent, target };
        expect(readResampleAddress(writeResampleAddress("", address), connections)).toEqual({
          address,
          problems: [],
        });
      }),
    );
  });

  it("that means nothing is told, and the usual taken", () => {
    expect(readResampleAddress("?edge=3-2&alpha=0.3&parent=mbconv", connections)).toEqual({
      address: usual,
      problems: [
        "The page's address says edge=3-2; it should be a connection of the network, such as 5-15, which is taken.",
        "The page's address says alpha=0.3; it should be 0.25, 0.5, 0.75 or 1; 0.5 is taken.",
        "The page's address says parent=mbconv; it should be bottleneck or residual; the network's own is taken.",
      ],
    });
  });
});
