import { InstallError } from "./installError.js";
import { runTool, ToolError } from "./runTool.js";

/**
 * A Python that has pip: the one `PYTHON` names, else `python3` or `python`.
 *
 * @throws InstallError if there is no Python, or none with pip.
 */
export async function findPython(signal?: AbortSignal): Promise<string> {
  const { PYTHON } = process.env;
  const found: string[] = [];
  for (const candidate of PYTHON ? [PYTHON] : ["python3", "python"]) {
    try {
      await runTool(candidate, ["-m", "pip", "--version"], { signal });
      return candidate;
    } catch (error) {
      if (!(error instanceof ToolError)) throw error;
      if (!error.missing) found.push(error.message);
    }
  }
  throw new InstallError(
    "looking for pip, which fetches TensorFlow",
    found[0] ??
      `There is no Python here: ${PYTHON ? `PYTHON names ${PYTHON}` : "neither python3 nor python is on the PATH"}.`,
    "Install Python 3 with pip (on Debian and Ubuntu: apt-get install python3-pip), or name a folder that holds " +
      "TensorFlow's libraries by --from.",
  );
}
