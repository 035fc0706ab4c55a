import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { drawObjects } from "../../../loaders/commands/drawObjects.js";

const image = { width: 60, height: 40, data: new Uint8Array(60 * 40 * 3).fill(128) };

describe("drawObjects", () => {
  it.each([
    ["the end of a CDATA section", "a ]]> b"],
    ["a tag", "<script>alert(1)</script> & more"],
    ["control characters", "a\u0000b\u0008c\u001b[31md\uffff"],
    ["half a surrogate pair", "a\ud800b"],
    ["20,000 letters", "x".repeat(20_000)],
  ])("draws a class whose name has %s", async (_, name) => {
    const png = await drawObjects(image, [{ categoryId: 1, name, score: 0.5, bbox: [5, 15, 30, 20] }]);
    const { data, info } = await sharp(png).removeAlpha().raw().toBuffer({ resolveWithObject: true });
    expect([info.width, info.height]).toEqual([60, 40]);
    expect(data.some((value) => value !== 128)).toBe(true);
  });
});
