/** Why a file or folder could not be read, as a sentence goes on after its path. */
export function readFailure(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
  switch (code) {
    case "ENOENT":
    // A folder on the way to it is a file.
    case "ENOTDIR":
      return "does not exist";
    case "EISDIR":
      return "is a folder, where a file is needed";
    case "EACCES":
    case "EPERM":
      return "may not be read by you";
    default:
      return `cannot be read (${code})`;
  }
}
