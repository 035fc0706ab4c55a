import fc from "fast-check";
import sharp from "sharp";
import { decodeImage } from "../../loaders/datasets/image.js";
import { imageHeader } from "../../src/components/live/imageHeader.js";
import { withSize } from "../loaders/datasets/withSize.js";
import { mutatedBytes } from "./mutations.js";
import { type ParserCheck, parserCheck } from "./parserCheck.js";

const formats = ["jpeg", "png", "webp"] as const;

/** Images: their headers as a page reads them, and decoding. Some claim other sizes than they have. */
export async function imageChecks(): Promise<ParserCheck[]> {
  const picture = sharp({ create: { width: 24, height: 16, channels: 3, background: "teal" } });
  const files = await Promise.all(
    formats.map(async (format) => [format, await picture.clone().toFormat(format).toBuffer()] as const),
  );
  const sizes = fc.oneof(fc.integer({ min: 1, max: 16_383 }), fc.constantFrom(1, 16_383));
  const claimed = fc
    .tuple(fc.constantFrom(...files), sizes, sizes)
    .map(([[format, file], width, height]) => withSize(file, format, width, height));
  const inputs = fc.oneof(mutatedBytes(files.map(([, file]) => file)), claimed);
  return [
    parserCheck({
      name: "image headers",
      inputs,
      parse: (input) => imageHeader(input),
      source: "A header is never refused with an error",
    }),
    parserCheck({
      name: "images",
      inputs,
      parse: (input) => decodeImage(Buffer.from(input), "file.png"),
      source: "file.png: ",
    }),
  ];
}
