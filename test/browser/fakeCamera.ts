import type { RgbImage } from "../../loaders/datasets/image.js";

/** A film of one picture, uncompressed 4:2:0, as Chromium's fake camera plays it. @param image of even sides */
export function filmOf({ width, height, data }: RgbImage): Uint8Array {
  const at = (x: number, y: number, weights: readonly [number, number, number], offset: number) => {
    const pixel = (y * width + x) * 3;
    return offset + weights.reduce((sum, weight, channel) => sum + weight * data[pixel + channel]!, 0);
  };
  const plane = (step: number, weights: readonly [number, number, number], offset: number) => {
    const values: number[] = [];
    for (let y = 0; y < height; y += step) {
      for (let x = 0; x < width; x += step) values.push(Math.round(at(x, y, weights, offset)));
    }
    return values;
  };
  // ITU-R BT.601, limited range.
  const frame = [
    ...plane(1, [0.257, 0.504, 0.098], 16),
    ...plane(2, [-0.148, -0.291, 0.439], 128),
    ...plane(2, [0.439, -0.368, -0.071], 128),
  ];
  const head = new TextEncoder().encode(`YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420mpeg2\n`);
  const frameHead = new TextEncoder().encode("FRAME\n");
  return Uint8Array.from([...head, ...frameHead, ...frame]);
}
