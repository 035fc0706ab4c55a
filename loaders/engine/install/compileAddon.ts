import { existsSync, realpathSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { InstallError, step } from "./installError.js";
import { unpackNpmPackage } from "./npmPackage.js";
import type { NpmPackage } from "./pins.js";
import { runTool, ToolError } from "./runTool.js";

interface Compiler {
  readonly program: string;
  /** The first line of `--version`, such as "g++ (Debian 12.2.0-14) 12.2.0". */
  readonly version: string;
}

/**
 * The C++ compiler: the one `CXX` names, else g++, c++ or clang++.
 *
 * @throws InstallError if there is none.
 */
export async function findCompiler(signal?: AbortSignal): Promise<Compiler> {
  const { CXX } = process.env;
  let failure: string | undefined;
  for (const program of CXX ? [CXX] : ["g++", "c++", "clang++"]) {
    try {
      const version = (await runTool(program, ["--version"], { signal })).split("\n")[0]!.trim();
      return { program, version };
    } catch (error) {
      if (!(error instanceof ToolError)) throw error;
      if (!error.missing) failure ??= error.message;
    }
  }
  throw new InstallError(
    "looking for a C++ compiler",
    failure ??
      (CXX ? `CXX names ${CXX}, which is not there.` : "There is no g++, c++ or clang++ on the PATH."),
    "Install one (on Debian and Ubuntu: apt-get install g++).",
  );
}

/** Headers of Node-API, and where they came from. */
interface NodeHeaders {
  readonly folder: string;
  readonly origin: string;
}

/**
 * The headers shipped with a Node, or else those of a package.
 *
 * @param headers the package; its folder `include` holds them.
 * @param folder where the package is unpacked if needed.
 * @param node the Node's executable.
 */
export async function findNodeHeaders(
  headers: NpmPackage,
  folder: string,
  node: string,
  signal?: AbortSignal,
): Promise<NodeHeaders> {
  const own = join(dirname(realpathSync(node)), "..", "include", "node");
  if (existsSync(join(own, "node_api.h"))) return { folder: own, origin: own };
  await unpackNpmPackage(headers, folder, signal);
  return {
    folder: join(folder, "include"),
    origin: `${headers.name} ${headers.version}`,
  };
}

export interface Addon {
  readonly name: string;
  readonly sources: readonly string[];
  /** The file to write. */
  readonly file: string;
  /** File names of libraries to load with it, in addition to TensorFlow's. */
  readonly libraries: readonly string[];
}

interface Toolchain {
  readonly compiler: Compiler;
  readonly headers: NodeHeaders;
  /** The folder with TensorFlow's `include` and `lib`. */
  readonly deps: string;
  /** Searched for libraries, before `deps/lib`, when the add-on is loaded. */
  readonly libraryFolders: readonly string[];
}

/**
 * Compiles an add-on for Node-API 8, which Node 12.22 and newer load, against the TensorFlow in `deps`. It finds
 * `deps/lib` relative to its own folder, `lib/napi-v8` next to `deps`.
 *
 * @throws InstallError with the compiler's first errors.
 */
export async function compileAddon(
  { name, sources, file, libraries }: Addon,
  { compiler, headers, deps, libraryFolders }: Toolchain,
  signal?: AbortSignal,
): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  // TensorFlow opens NVIDIA's libraries by name; one that is loaded already is found under any path.
  const loaded =
    libraries.length === 0 ? [] : ["-Wl,--no-as-needed", ...libraries.map((library) => `-l:${library}`)];
  await step(
    `compiling ${name} with ${compiler.version}`,
    "See that the compiler takes C++17 and finds its standard library; CXX names another.",
    () =>
      runTool(
        compiler.program,
        [
          ...["-std=c++17", "-O3", "-fPIC", "-shared", "-pthread"],
          ...["-DNAPI_VERSION=8", "-DBUILDING_NODE_EXTENSION", `-DNODE_GYP_MODULE_NAME=${name}`],
          ...["-I", headers.folder, "-I", join(deps, "include")],
          ...sources,
          ...["-o", file, "-L", join(deps, "lib"), "-ltensorflow", "-ltensorflow_framework", ...loaded],
          ...[...libraryFolders, "$ORIGIN/../../deps/lib"].map((each) => `-Wl,-rpath,${each}`),
          "-Wl,--allow-shlib-undefined",
        ],
        { signal },
      ),
  );
}
