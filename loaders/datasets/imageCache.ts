import type { RgbImage } from "./image.js";

/** A least-recently-used cache of decoded images in memory. */
export class ImageCache {
  private readonly kept = new Map<number, Promise<RgbImage>>();
  private readonly sizes = new Map<number, number>();
  private bytes = 0;

  constructor(private readonly limitBytes = 2 * 2 ** 30) {}

  /** The image of this id, from memory or from `open`. */
  get(id: number, open: () => Promise<RgbImage>): Promise<RgbImage> {
    const held = this.kept.get(id);
    if (held) {
      // Maps keep insertion order, so reinserting it makes it the most recent.
      this.kept.delete(id);
      this.kept.set(id, held);
      return held;
    }
    const opened = open().then((pixels) => {
      this.sizes.set(id, pixels.data.length);
      this.bytes += pixels.data.length;
      this.trim();
      return pixels;
    });
    this.kept.set(id, opened);
    return opened;
  }

  private trim(): void {
    for (const id of this.kept.keys()) {
      if (this.bytes <= this.limitBytes) return;
      const size = this.sizes.get(id);
      if (size === undefined) continue;
      this.bytes -= size;
      this.sizes.delete(id);
      this.kept.delete(id);
    }
  }
}
