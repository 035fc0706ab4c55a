import sharp, { type Sharp } from "sharp";
import { describe, expect, it } from "vitest";
import { decodeImage } from "../../../loaders/datasets/image.js";
import { withSize } from "./withSize.js";

/** Left half red, right half blue. */
function twoColours(width = 32, height = 16): Sharp {
  const data = Buffer.alloc(width * height * 3);
  for (let pixel = 0; pixel < width * height; pixel++) {
    data[pixel * 3 + (pixel % width < width / 2 ? 0 : 2)] = 255;
  }
  return sharp(data, { raw: { width, height, channels: 3 } });
}

function pixel({ width, data }: { width: number; data: Uint8Array }, x: number, y: number): number[] {
  return Array.from(data.subarray((y * width + x) * 3, (y * width + x) * 3 + 3));
}

function expectNear(actual: number[], expected: number[], tolerance: number): void {
  expect(actual).toHaveLength(expected.length);
  for (const [channel, value] of expected.entries()) {
    expect(Math.abs(actual[channel]! - value), `channel ${channel} of ${actual}`).toBeLessThanOrEqual(
      tolerance,
    );
  }
}

describe("decodeImage", () => {
  it("gives a PNG's pixels row by row, red, green, blue", async () => {
    const image = await decodeImage(await twoColours().png().toBuffer());
    expect(image).toMatchObject({ width: 32, height: 16 });
    expect(image.data).toHaveLength(32 * 16 * 3);
    expect(pixel(image, 15, 7)).toEqual([255, 0, 0]);
    expect(pixel(image, 16, 7)).toEqual([0, 0, 255]);
  });

  it.each(["jpeg", "webp"] as const)("decodes %s", async (format) => {
    const image = await decodeImage(await twoColours().toFormat(format, { quality: 100 }).toBuffer());
    expectNear(pixel(image, 2, 2), [255, 0, 0], 6);
    expectNear(pixel(image, 29, 13), [0, 0, 255], 6);
  });

  it("spreads grey over three channels, of 8 bits as of 16", async () => {
    const grey = sharp(Buffer.alloc(12, 100), { raw: { width: 4, height: 3, channels: 1 } });
    for (const space of ["b-w", "grey16"]) {
      const image = await decodeImage(await grey.clone().toColourspace(space).png().toBuffer());
      expect(image.data).toHaveLength(4 * 3 * 3);
      expectNear(pixel(image, 0, 0), [100, 100, 100], 1);
    }
  });

  it("converts CMYK to sRGB", async () => {
    const cmyk = await twoColours().toColourspace("cmyk").jpeg({ quality: 100 }).toBuffer();
    expect((await sharp(cmyk).metadata()).channels).toBe(4);
    const image = await decodeImage(cmyk);
    const [red, , blue] = pixel(image, 2, 2);
    expect(image.data).toHaveLength(32 * 16 * 3);
    // Print cannot hold pure red; it must stay red.
    expect(red).toBeGreaterThan(200);
    expect(blue).toBeLessThan(60);
  });

  it("lays transparency on black", async () => {
    const background = { r: 200, g: 100, b: 50, alpha: 0.5 };
    const half = await sharp({ create: { width: 2, height: 2, channels: 4, background } })
      .png()
      .toBuffer();
    expectNear(pixel(await decodeImage(half), 0, 0), [100, 50, 25], 1);
  });

  it("turns the image as its EXIF tag says, unless told to keep it as stored", async () => {
    // 6: the stored image is to be turned clockwise, its left half comes to the top.
    const tagged = await twoColours().withMetadata({ orientation: 6 }).png().toBuffer();
    const upright = await decodeImage(tagged);
    expect(upright).toMatchObject({ width: 16, height: 32 });
    expect(pixel(upright, 8, 0)).toEqual([255, 0, 0]);
    expect(pixel(upright, 8, 31)).toEqual([0, 0, 255]);
    expect(await decodeImage(tagged, "tagged.png", { orientation: "keep" })).toMatchObject({
      width: 32,
      height: 16,
    });
  });

  it.each(["jpeg", "png", "webp"] as const)("refuses a %s cut in half, named", async (format) => {
    const whole = await twoColours(200, 200).toFormat(format).toBuffer();
    await expect(decodeImage(whole.subarray(0, whole.length >> 1), "half.jpg")).rejects.toThrow(
      /^half\.jpg: is damaged or truncated \(.+\); download or export the file again\.$/,
    );
  });

  it("refuses a JPEG that lacks only its last bytes", async () => {
    const whole = await twoColours().jpeg().toBuffer();
    await expect(decodeImage(whole.subarray(0, -2), "cut.jpg")).rejects.toThrow(
      /^cut\.jpg: is damaged or truncated/,
    );
  });

  it.each([
    ["text", Buffer.from("<html>not found</html>")],
    ["an empty file", Buffer.alloc(0)],
    ["a drawing", Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="2" height="2"/>')],
  ])("refuses %s", async (_, bytes) => {
    await expect(decodeImage(bytes, "a.jpg")).rejects.toThrow(
      /^a\.jpg: is not a supported image \(.+\); use a JPEG, PNG or WebP\.$/,
    );
  });

  it("refuses more than 100 megapixels", async () => {
    const create = { width: 10_001, height: 10_000, channels: 3 as const, background: "white" };
    const large = await sharp({ create, limitInputPixels: false }).png({ compressionLevel: 1 }).toBuffer();
    await expect(decodeImage(large, "large.png")).rejects.toThrow(
      new Error(
        "large.png: is 10,001 × 10,000 pixels, and images of up to 65,500 pixels on a side and 100 megapixels in all can " +
          "be read; use a smaller copy.",
      ),
    );
  });

  it.each([
    ["jpeg", [65_000, 65_000]],
    ["png", [100_000_000, 1]],
    ["png", [1_000_000, 1_000_000]],
    ["webp", [16_383, 16_383]],
  ] as const)("refuses a %s of %j pixels by its header alone", async (format, [width, height]) => {
    const header = withSize(await twoColours().toFormat(format).toBuffer(), format, width, height);
    const before = process.memoryUsage.rss();
    await expect(decodeImage(header, "large")).rejects.toThrow(
      `large: is ${width.toLocaleString("en-US")} × ${height.toLocaleString("en-US")} pixels, `,
    );
    expect(process.memoryUsage.rss() - before).toBeLessThan(100 * 2 ** 20);
  });

  it("refuses a file that is not there, by its path", async () => {
    await expect(decodeImage("/nowhere/a.jpg")).rejects.toThrow(
      new Error("/nowhere/a.jpg: does not exist; check the path."),
    );
  });
});
