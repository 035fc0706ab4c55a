/** Who is told how far an install has come. */
export interface InstallProgress {
  /** A step begins; a sentence without its full stop. */
  step(text: string): void;
  /** Bytes of a download that have come. */
  bytes(done: number, total: number): void;
}
