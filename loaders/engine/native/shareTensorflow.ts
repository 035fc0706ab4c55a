import Module, { createRequire } from "node:module";
import { sep } from "node:path";

type ResolveFilename = (
  request: string,
  parent: { filename?: string | null } | undefined,
  ...rest: unknown[]
) => string;

const sharedPackage = /^@tensorflow\/tfjs(-core|-layers|-converter|-data|-backend-cpu|-backend-webgl)?$/;

const sharing = new Set<string>();

/**
 * Redirects every `require` of a tfjs package from modules under `folder` to the project's copy. tfjs-node comes with
 * its own tfjs, whose tensors and backend the project's tfjs would not know.
 */
export function shareTensorflow(folder: string): void {
  if (sharing.has(folder)) return;
  const internals: unknown = Module;
  if (!hasResolveFilename(internals)) {
    throw new Error("This Node cannot redirect modules: module._resolveFilename is missing.");
  }
  sharing.add(folder);
  const require = createRequire(import.meta.url);
  const resolve = internals._resolveFilename;
  internals._resolveFilename = function (request, parent, ...rest) {
    const fromFolder = parent?.filename?.startsWith(folder + sep);
    return fromFolder && sharedPackage.test(request)
      ? require.resolve(request)
      : resolve.call(this, request, parent, ...rest);
  };
}

function hasResolveFilename(module: unknown): module is { _resolveFilename: ResolveFilename } {
  return typeof module === "function" && "_resolveFilename" in module;
}
