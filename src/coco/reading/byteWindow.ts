/** A window on bytes that arrive in chunks of any size; only those still needed are kept. */
export class ByteWindow {
  bytes = new Uint8Array(0);
  /** Index of the first byte that is still needed. */
  from = 0;
  /** Index of the next byte to read; one beyond `end` if the next byte to arrive is to be skipped. */
  at = 0;
  /** Bytes from here on have not arrived yet. */
  end = 0;

  private readonly chunks: AsyncIterator<Uint8Array>;
  private dropped = 0;

  constructor(
    chunks: AsyncIterable<Uint8Array>,
    private readonly onProgress?: (bytesRead: number) => void,
  ) {
    this.chunks = chunks[Symbol.asyncIterator]();
  }

  /** The file offset of an index into `bytes`. */
  offsetOf(index: number): number {
    return this.dropped + index;
  }

  /**
   * Appends the next chunk, which moves what is kept: indices other than the window's own become invalid.
   *
   * @returns false at the end
   */
  async more(): Promise<boolean> {
    const next = await this.chunks.next();
    if (next.done) {
      return false;
    }
    const chunk = next.value;
    const held = this.bytes.subarray(this.from, this.end);
    if (held.length + chunk.length > this.bytes.length) {
      // Doubled, so an element of many chunks is not copied once per chunk.
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

  /** Tells the source of the chunks to stop. */
  async close(): Promise<void> {
    await this.chunks.return?.();
  }
}
