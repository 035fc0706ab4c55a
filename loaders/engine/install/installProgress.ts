/** Receives an install's progress. */
export interface InstallProgress {
  /** A step begins: a sentence without its full stop. */
  step(text: string): void;
  /** Bytes of a download received so far. */
  bytes(done: number, total: number): void;
}
