import { errorCode } from "./errorCode.js";

/**
 * An error that says why a file or folder could not be written, and what helps.
 *
 * @param whenFull what to do once there is space again, as the end of a sentence
 */
export function writeFailure(file: string, error: unknown, whenFull = "run the same command again"): Error {
  const reason = error instanceof Error ? error.message : String(error);
  return new Error(`${file} could not be written (${reason}). ${remedyFor(error, whenFull)}`, {
    cause: error,
  });
}

function remedyFor(error: unknown, whenFull: string): string {
  switch (errorCode(error)) {
    case "ENOSPC":
    case "EDQUOT":
      return `The disk is full: free some space and ${whenFull}.`;
    case "EACCES":
    case "EPERM":
    case "EROFS":
      return "The folder cannot be written to: choose another or change its permissions.";
    case "EEXIST":
    case "ENOTDIR":
      return "There is a file where a folder should be: choose another folder, or move the file.";
    default:
      return "Choose another folder, or repair this one.";
  }
}
