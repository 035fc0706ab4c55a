import { errorCode } from "./errorCode.js";

/** Why a file or folder could not be read, as the continuation of a sentence that starts with its path. */
export function readFailure(error: unknown): string {
  const code = String(errorCode(error) ?? error);
  switch (code) {
    case "ENOENT":
    // A folder in its path is a file.
    case "ENOTDIR":
      return "does not exist";
    case "EISDIR":
      return "is a folder, but a file is needed";
    case "EACCES":
    case "EPERM":
      return "cannot be read with your permissions";
    default:
      return `cannot be read (${code})`;
  }
}
