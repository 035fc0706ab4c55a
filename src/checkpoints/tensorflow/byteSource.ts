/** A file that is read by ranges: on disk in Node, a dropped one in the page. */
export interface ByteSource {
  /** For messages. */
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  /** Exactly these bytes; the caller keeps within the size. */
  read(offset: number, length: number): Promise<Uint8Array>;
}
