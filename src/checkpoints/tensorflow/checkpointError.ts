/** What is wrong with a checkpoint, as one sentence that starts with the file's name. */
export class CheckpointError extends Error {
  override readonly name = "CheckpointError";

  constructor(
    /** The file that is to blame. */
    readonly file: string,
    what: string,
    options?: ErrorOptions,
  ) {
    super(`${file}: ${what}`, options);
  }
}
