import { describe, expect, it } from "vitest";
import { areWeights, ownWeightsIn } from "../../../src/components/live/ownWeights.js";

const file = (name: string, text = "abc") => new File([text], name);

describe("weights that the reader opens", () => {
  it("are a weights file, whose bytes are read", async () => {
    const weights = file("mine.safetensors");
    expect(areWeights([weights])).toBe(true);
    const { title, bytes, fetch } = ownWeightsIn([weights]);
    expect([title, bytes]).toEqual(["mine.safetensors", 3]);
    expect(await fetch()).toEqual(new TextEncoder().encode("abc").buffer);
  });

  it("are a checkpoint if its files are among them, in any order", async () => {
    const index = file("ckpt-7.index");
    const data = file("ckpt-7.data-00000-of-00001", "abcdef");
    expect(areWeights([data, index])).toBe(true);
    const { title, bytes, fetch } = ownWeightsIn([file("checkpoint"), data, index]);
    expect([title, bytes]).toEqual(["ckpt-7", 9]);
    expect(await fetch()).toEqual([data, index]);
  });

  it("are no pictures", () => {
    expect(areWeights([file("index.png"), file("data-00000.jpg")])).toBe(false);
  });
});
