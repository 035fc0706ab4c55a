/** Bytes that come in chunks of any size, of which only those still needed are held. */
export class ByteWindow {
  bytes = new Uint8Array(0);
  /** Index of the first byte that is still needed. */
  from = 0;
  /** Index of the next byte to be read; one beyond `end` where a byte to come is to be passed over. */
  at = 0;
  /** Bytes from here on are not there yet. */
  end = 0;

  private readonly chunks: AsyncIterator<Uint8Array>;
  private readonly onProgress: ((bytesRead: number) => void) | undefined;
  private dropped = 0;

  constructor(chunks: AsyncIterable<Uint8Array>, onProgress?: (bytesRead: number) => void) {
    this.chunks = chunks[Symbol.asyncIterator]();
    this.onProgress = onProgress;
  }

  /** Where in the whole an index into `bytes` is. */
  offsetOf(index: number): number {
    return this.dropped + index;
  }

  /**
   * Takes in the next chunk, which moves what is held: indices other than the window's own no longer hold.
   *
   * @returns false where there is none
   */
  async more(): Promise<boolean> {
    const next = await this.chunks.next();
    if (next.done) {
      return false;
    }
    const chunk = next.value;
    const held = this.bytes.subarray(this.from, this.end);
    if (held.length + chunk.length > this.bytes.length) {
      // Doubled, so that an element of many chunks is not copied once a chunk.
      this.bytes = new Uint8Array(Math.max(2 * this.bytes.length, held.length + chunk.length));
    }
    this.bytes.set(held);
    this.bytes.set(chunk, held.length);
    this.dropped += this.from;
    this.at -= this.from;
    this.end = held.length + chunk.length;
    this.from = 0;
    this.onProgress?.(this.dropped + this.end);
    return true;
  }

  /** Tells the chunks' source that no more is wanted. */
  async close(): Promise<void> {
    await this.chunks.return?.();
  }
}
