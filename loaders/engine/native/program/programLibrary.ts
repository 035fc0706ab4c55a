import type { NativeBackend } from "../nativeBackend.js";
import type { ProgramAddon } from "./programAddon.js";

/** What runs programs on a backend's TensorFlow. */
export interface ProgramLibrary {
  readonly addon: ProgramAddon;
  /** As many operations run side by side at most, and as many share one at most. */
  readonly threads: number;
}

const libraries = new WeakMap<object, ProgramLibrary>();

/** Notes the add-on that was built beside a backend's own. */
export function setProgramLibrary(backend: object, library: ProgramLibrary): void {
  libraries.set(backend, library);
}

/** What can run programs on a backend's library; undefined for a backend that has no such add-on. */
export function programLibraryOf(backend: object): ProgramLibrary | undefined {
  return libraries.get(backend);
}

/** Whether the add-on's own operations (kernels.h) can run on a backend: it is there, and computes on the processor. */
export function hasOwnKernels(backend: NativeBackend): boolean {
  return !backend.isUsingGpuDevice && programLibraryOf(backend) !== undefined;
}
