import type { DetectedObject } from "../../src/detection/detector.js";
import { shownText } from "../../src/text/shownText.js";
import type { RgbImage } from "../datasets/image.js";

/** Letters of a class's name in a label. */
const mostOfName = 40;

/** An image with boxes, classes and scores over it, as a PNG. */
export async function drawObjects(
  { width, height, data }: RgbImage,
  objects: readonly DetectedObject[],
): Promise<Buffer> {
  const { default: sharp } = await import("sharp");
  const stroke = Math.max(1, Math.round(Math.max(width, height) / 250));
  const font = Math.max(9, Math.round(Math.max(width, height) / 40));
  const boxes = objects.map(({ bbox: [x, y, w, h], name, score, categoryId }) => {
    // The golden angle keeps the hues of neighbouring categories apart.
    const colour = `hsl(${Math.round((categoryId * 137.5) % 360)} 80% 45%)`;
    const label = escapeXml(`${shownText(name, mostOfName)} ${score.toFixed(2)}`);
    return (
      `<rect x="${x}" y="${y}" width="${w}" height="${h}" fill="none" stroke="${colour}" stroke-width="${stroke}"/>` +
      `<text x="${x + stroke}" y="${Math.max(font, y - stroke)}" font-size="${font}" font-family="sans-serif" ` +
      `fill="${colour}" stroke="white" stroke-width="${font / 5}" paint-order="stroke">${label}</text>`
    );
  });
  const overlay = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${boxes.join("")}</svg>`;
  return sharp(data, { raw: { width, height, channels: 3 } })
    .composite([{ input: Buffer.from(overlay) }])
    .png()
    .toBuffer();
}

/** "]]>" must not occur in XML's text, so ">" is escaped, too. */
function escapeXml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
