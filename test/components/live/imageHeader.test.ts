import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { imageHeader } from "../../../src/components/live/imageHeader.js";

const picture = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: "teal" } });

describe("imageHeader(bytes)", () => {
  it("reads the size of PNG, JPEG and all three kinds of WebP", async () => {
    const size = { width: 70, height: 41 };
    const file = picture(70, 41);
    expect(imageHeader(await file.png().toBuffer())).toEqual({ format: "PNG", ...size });
    expect(imageHeader(await file.jpeg().toBuffer())).toEqual({ format: "JPEG", ...size });
    expect(imageHeader(await file.jpeg({ progressive: true }).toBuffer())).toEqual({
      format: "JPEG",
      ...size,
    });
    expect(imageHeader(await file.webp().toBuffer())).toEqual({ format: "WebP", ...size });
    expect(imageHeader(await file.webp({ lossless: true }).toBuffer())).toEqual({ format: "WebP", ...size });
    const extended = await file
      .withExif({ IFD0: { Artist: "nobody" } })
      .webp()
      .toBuffer();
    expect(extended.toString("latin1", 12, 16)).toBe("VP8X");
    expect(imageHeader(extended)).toEqual({ format: "WebP", ...size });
  });

  it("passes over a JPEG's long segments before the one that tells the size", async () => {
    const plain = await picture(70, 41).jpeg().toBuffer();
    const comment = Buffer.alloc(2 + 60_000, 0xff);
    comment.writeUInt16BE(0xfffe, 0);
    comment.writeUInt16BE(60_000, 2);
    const long = Buffer.concat([plain.subarray(0, 2), comment, plain.subarray(2)]);
    expect(imageHeader(long)).toEqual({ format: "JPEG", width: 70, height: 41 });
  });

  it("reads sizes that no memory holds", async () => {
    const png = await picture(1, 1).png().toBuffer();
    png.writeUInt32BE(20_000, 16);
    png.writeUInt32BE(10_000, 20);
    expect(imageHeader(png)).toEqual({ format: "PNG", width: 20_000, height: 10_000 });
  });

  it("gives null for other files, and for ones that end too early", async () => {
    expect(imageHeader(new Uint8Array())).toBeNull();
    expect(imageHeader(new TextEncoder().encode("GIF89a and then some more of that kind"))).toBeNull();
    const jpeg = await picture(70, 41).jpeg().toBuffer();
    expect(imageHeader(jpeg.subarray(0, 60))).toBeNull();
  });
});
