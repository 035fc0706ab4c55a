import { ToolError } from "./runTool.js";

/** A failed step: which one, why, and what to do about it. */
export class InstallError extends Error {
  /** What went wrong, without the step and the remedy. */
  readonly reason: string;

  /**
   * @param step what was being done, as in "fetching TensorFlow"
   * @param reason sentences: what went wrong
   * @param remedy sentences: what to do
   */
  constructor(step: string, reason: string, remedy: string, options?: ErrorOptions) {
    super(
      `The install failed while ${step}. ${reason} ${remedy} ` +
        "Nothing was left half installed, and the engine wasm works without it.",
      options,
    );
    this.reason = reason;
  }
}

/** Runs a step; a ToolError becomes an InstallError with `remedy`, any other error passes unchanged. */
export async function step<T>(name: string, remedy: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    throw new InstallError(name, error.message, /no space left/i.test(error.message) ? makeRoom : remedy, {
      cause: error,
    });
  }
}

export const makeRoom = "Make room, or name a folder on another disk by SPINENET_ENGINE_HOME.";
