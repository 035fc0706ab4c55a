import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { engineHome } from "../engineHome.js";
import { programAddonFile } from "../native/program/programAddon.js";
import { type Addon, compileAddon, findCompiler, findNodeHeaders } from "./compileAddon.js";
import { requireRoom } from "./diskSpace.js";
import { type InstallationOrigin, programSources, tfjsNodeFolder } from "./installation.js";
import { InstallError } from "./installError.js";
import type { InstallProgress } from "./installProgress.js";
import { type ReusableLibraries, reuseLibraries } from "./libraryReuse.js";
import { unpackNpmPackage } from "./npmPackage.js";
import { type Pins, releasesOf, type Wheel } from "./pins.js";
import { findPython } from "./python.js";
import { linkTensorflow, type TensorflowFolder } from "./tensorflowFolder.js";
import { nameForLinker } from "./tensorflowLibraries.js";
import { fetchTensorflow } from "./tensorflowWheel.js";

/** This platform's key in the pins. */
export const platform = `${process.platform}-${process.arch}`;

interface BuildRequest {
  readonly name: "native" | "gpu";
  /** The folder of the engine to make. */
  readonly folder: string;
  /** A folder with TensorFlow's libraries; if absent, the pinned wheels are used. */
  readonly from: TensorflowFolder | undefined;
  /** Libraries fetched earlier; reused if they are intact and from the pinned wheels. */
  readonly previous: ReusableLibraries | undefined;
  readonly pins: Pins;
  readonly progress: InstallProgress;
  readonly signal?: AbortSignal;
}

/**
 * The wheels that an engine needs on this platform.
 *
 * @throws InstallError if none are pinned for this platform.
 */
function wheelsFor(name: "native" | "gpu", { wheels }: Pins): readonly Wheel[] {
  const pinned = wheels[name][platform];
  if (pinned) return pinned;
  throw new InstallError(
    "choosing a TensorFlow",
    `For ${name} there is one on ${Object.keys(wheels[name]).join(" and ")}, and this is ${platform}.`,
    "Name a folder that holds TensorFlow's libraries by --from.",
  );
}

/** Builds tfjs-node's add-on, and our own, from sources against a TensorFlow. */
export async function buildEngine(request: BuildRequest): Promise<InstallationOrigin> {
  const { name, folder, from, previous, pins, progress, signal } = request;
  const { tfjsNode } = pins;
  const tfjsNodeAt = tfjsNodeFolder(folder);
  const deps = join(tfjsNodeAt, "deps");
  const spare = join(folder, "spare");
  const wheels = from === undefined ? wheelsFor(name, pins) : [];
  const against = from?.folder ?? releasesOf(wheels);

  // Check for what is missing before fetching anything.
  const reused = previous?.against === against && (await reuseLibraries(previous, deps));
  const fetching = from === undefined && !reused;
  if (fetching) await requireRoom(engineHome(), wheels);
  const linked = from === undefined ? undefined : await linkTensorflow(from, deps, pins);
  const compiler = await findCompiler(signal);
  if (fetching) await findPython(signal);

  progress.step(`Fetching ${tfjsNode.name} ${tfjsNode.version} from npm`);
  await unpackNpmPackage(tfjsNode, tfjsNodeAt, signal);
  for (const each of pins.tfjsNodeModules) {
    await unpackNpmPackage(each, join(folder, "node_modules", each.name), signal);
  }
  await writeBinaryFinder(join(folder, "node_modules", "@mapbox", "node-pre-gyp"));
  const headers = await findNodeHeaders(pins.nodeApiHeaders, spare, process.execPath, signal);
  if (fetching) await fetchTensorflow(wheels, deps, progress, signal);
  else if (reused) await nameForLinker(deps, "the engine before");
  progress.step(`Compiling the add-ons with ${compiler.version}`);
  const libraries = wheels.flatMap((wheel) => wheel.libraries ?? []);
  const libraryFolders = linked === undefined ? [] : [linked.libraryFolder];
  for (const addon of addonsOf(tfjsNodeAt, libraries)) {
    await compileAddon(addon, { compiler, headers, deps, libraryFolders }, signal);
  }
  await rm(spare, { recursive: true, force: true });
  return {
    kind: "built",
    against,
    ...(from === undefined ? {} : { from: from.folder, linked: linked?.hashes }),
    sources: `${tfjsNode.name} ${tfjsNode.version}`,
    compiler: compiler.version,
    nodeHeaders: headers.origin,
  };
}

/** tfjs-node's, and ours, which runs whole graphs with the same library. */
function addonsOf(tfjsNodeAt: string, libraries: readonly string[]): Addon[] {
  return [
    {
      name: "tfjs_binding",
      sources: ["tfjs_backend.cc", "tfjs_binding.cc"].map((file) => join(tfjsNodeAt, "binding", file)),
      file: join(tfjsNodeAt, "lib", "napi-v8", "tfjs_binding.node"),
      libraries,
    },
    {
      name: "spinenet_program",
      sources: programSources,
      file: join(tfjsNodeAt, programAddonFile),
      libraries: [],
    },
  ];
}

/**
 * tfjs-node asks node-pre-gyp only where its add-on is; that package has fifty dependencies for downloading binaries.
 * This stand-in answers, without any.
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
