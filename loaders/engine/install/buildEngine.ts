import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { programAddonFile } from "../native/program/programAddon.js";
import { type Compiler, compileAddon, findCompiler, findNodeHeaders } from "./compileAddon.js";
import { type InstallationOrigin, programSource, tfjsNodeFolder } from "./installation.js";
import { InstallError } from "./installError.js";
import type { InstallProgress } from "./installProgress.js";
import { unpackNpmPackage } from "./npmPackage.js";
import {
  cudaWheels,
  tensorflowCudaWheel,
  tensorflowWheels,
  tfjsNode,
  tfjsNodeModules,
  type Wheel,
} from "./pins.js";
import { findPython } from "./python.js";
import { fetchTensorflow, linkTensorflow } from "./tensorflowLibrary.js";

export interface BuildRequest {
  readonly name: "native" | "gpu";
  /** The folder of the engine to make. */
  readonly folder: string;
  /** A folder with TensorFlow's libraries, in full; the pinned wheels when absent. */
  readonly from: string | undefined;
  readonly progress: InstallProgress;
  readonly signal?: AbortSignal;
}

/**
 * The wheels that an engine needs here.
 *
 * @throws InstallError if none are pinned for this platform.
 */
export function wheelsFor(name: "native" | "gpu"): readonly Wheel[] {
  const platform = `${process.platform}-${process.arch}`;
  if (name === "gpu" && platform === "linux-x64") return [tensorflowCudaWheel, ...cudaWheels];
  const wheel = name === "native" ? tensorflowWheels[platform] : undefined;
  if (wheel) return [wheel];
  throw new InstallError(
    "choosing a TensorFlow",
    `${name} is for ${name === "gpu" ? "Linux on x64" : "Linux on x64 and arm64"}, and this is ${platform}.`,
    "Name a folder that holds TensorFlow's libraries by --from.",
  );
}

/** Builds tfjs-node's add-on, and our own, from sources against a TensorFlow. */
export async function buildEngine(request: BuildRequest): Promise<InstallationOrigin> {
  const { name, folder, from, progress, signal } = request;
  // What is not here is said before anything is fetched.
  const wheels = from === undefined ? wheelsFor(name) : [];
  const compiler = await findCompiler(signal);
  if (from === undefined) await findPython(signal);
  const tfjsNodeAt = tfjsNodeFolder(folder);
  const deps = join(tfjsNodeAt, "deps");
  const spare = join(folder, "spare");

  progress.step(`Fetching ${tfjsNode.name} ${tfjsNode.version} from npm`);
  await unpackNpmPackage(tfjsNode, tfjsNodeAt, signal);
  for (const each of tfjsNodeModules) {
    await unpackNpmPackage(each, join(folder, "node_modules", each.name), signal);
  }
  await writeBinaryFinder(join(folder, "node_modules", "@mapbox", "node-pre-gyp"));
  const headers = await findNodeHeaders(spare, signal);
  if (from === undefined) await fetchTensorflow(wheels, deps, progress, signal);
  else await linkTensorflow(from, deps);
  await compileBoth(tfjsNodeAt, { compiler, headers, deps }, name === "gpu" && from === undefined, request);
  await rm(spare, { recursive: true, force: true });
  return {
    kind: "built",
    against: from ?? wheels.map((wheel) => `${wheel.name} ${wheel.version}`).join(", "),
    ...(from === undefined ? {} : { from }),
    sources: `${tfjsNode.name} ${tfjsNode.version}`,
    compiler: compiler.version,
    nodeHeaders: headers.origin,
  };
}

async function compileBoth(
  tfjsNodeAt: string,
  tools: { compiler: Compiler; headers: { folder: string; origin: string }; deps: string },
  withCuda: boolean,
  { progress, signal }: BuildRequest,
): Promise<void> {
  progress.step(`Compiling the add-ons with ${tools.compiler.version}`);
  const binding = {
    name: "tfjs_binding",
    sources: ["tfjs_backend.cc", "tfjs_binding.cc"].map((file) => join(tfjsNodeAt, "binding", file)),
    file: join(tfjsNodeAt, "lib", "napi-v8", "tfjs_binding.node"),
    libraries: withCuda ? cudaWheels.flatMap(({ libraries }) => libraries) : [],
  };
  const program = {
    name: "spinenet_program",
    sources: [programSource],
    file: join(tfjsNodeAt, programAddonFile),
    libraries: [],
  };
  for (const addon of [binding, program]) await compileAddon(addon, tools, signal);
}

/**
 * tfjs-node asks node-pre-gyp for one thing, where its add-on lies; that package brings fifty others to
 * download binaries with. This one answers, and brings none.
 */
async function writeBinaryFinder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const manifest = { name: "@mapbox/node-pre-gyp", version: "0.0.0", private: true, main: "index.js" };
  await writeFile(join(folder, "package.json"), `${JSON.stringify(manifest)}\n`);
  await writeFile(
    join(folder, "index.js"),
    'const { dirname, join } = require("node:path");\n' +
      'exports.find = (manifest) => join(dirname(manifest), "lib", "napi-v8", "tfjs_binding.node");\n',
  );
}
