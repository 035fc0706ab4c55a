import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { fileHash } from "../../files/fileHash.js";
import { folderBytes } from "./folderBytes.js";
import { InstallError, step } from "./installError.js";
import type { InstallProgress } from "./installProgress.js";
import { releasesOf, type Wheel, wheelPython } from "./pins.js";
import { findPython } from "./python.js";
import { runTool } from "./runTool.js";
import { libraries, nameForLinker } from "./tensorflowLibraries.js";

/** The C API's headers and those they include: 14 of a wheel's 13,000. */
const headers =
  "tensorflow/include/((?:tensorflow/c/(?:eager/)?[^/]+|(?:tensorflow/core|tsl)/platform/ctstring(?:_internal)?|xla/tsl/c/[^/]+)\\.h)";

/** What is kept of the wheels: pairs of a pattern and the new name. */
const kept = [
  [`tensorflow/(${libraries.join("|").replaceAll(".", "\\.")})`, "lib/\\1"],
  [headers, "include/\\1"],
  ["nvidia/[^/]+/lib/([^/]+\\.so[.0-9]*)", "lib/\\1"],
].flat();

/** The platform tags of all pinned wheels; among a release's wheels, pip picks the one with the pinned hash. */
const platforms = { x64: "x86_64", arm64: "aarch64" } as const;

/**
 * Fetches wheels with pip and keeps only what an add-on is built against and loads.
 *
 * @param deps the folder to make, with `lib` and `include` in it; the wheels are kept in a folder next to it meanwhile.
 * @throws InstallError naming the step: no Python, no pip, no network, another hash, no room.
 */
export async function fetchTensorflow(
  wheels: readonly Wheel[],
  deps: string,
  progress: InstallProgress,
  signal?: AbortSignal,
): Promise<void> {
  const python = await findPython(signal);
  const folder = `${deps}.wheels`;
  const bytes = wheels.reduce((sum, each) => sum + each.bytes, 0);
  const releases = releasesOf(wheels);
  progress.step(`Fetching ${releases} through pip`);
  await mkdir(folder, { recursive: true });
  const stopCounting = countBytes(folder, bytes, progress);
  try {
    await step(
      `fetching ${releases} through pip`,
      "See that pip reaches its index (python3 -m pip index versions tensorflow-cpu), and run the same command again; " +
        "or name a folder that holds TensorFlow's libraries by --from.",
      () => download(python, wheels, folder, signal),
    );
  } finally {
    stopCounting();
  }
  progress.step("Unpacking the C library and its headers");
  for (const file of (await readdir(folder)).filter((each) => each.endsWith(".whl"))) {
    await checkHash(join(folder, file), wheels);
    const script = fileURLToPath(new URL("unpackWheel.py", import.meta.url));
    await step(`unpacking ${file}`, "Run the same command again.", () =>
      runTool(python, [script, join(folder, file), deps, ...kept], { signal }),
    );
    // So that room is needed for one wheel's contents at a time, not for all of them.
    await rm(join(folder, file));
  }
  await rm(folder, { recursive: true });
  await nameForLinker(deps, "the wheel");
}

async function download(
  python: string,
  wheels: readonly Wheel[],
  folder: string,
  signal?: AbortSignal,
): Promise<void> {
  const requirements = join(folder, "requirements.txt");
  await writeFile(
    requirements,
    wheels.map(({ name, version, sha256 }) => `${name}==${version} --hash=sha256:${sha256}\n`).join(""),
  );
  const machine = process.arch === "arm64" ? platforms.arm64 : platforms.x64;
  const tags = ["manylinux2014", "manylinux_2_17", "manylinux_2_27", "manylinux_2_28"];
  await runTool(
    python,
    [
      ...["-m", "pip", "download", "--no-deps", "--require-hashes", "--only-binary", ":all:"],
      ...tags.flatMap((tag) => ["--platform", `${tag}_${machine}`]),
      ...["--python-version", wheelPython, "--implementation", "cp", "--abi", `cp${wheelPython}`],
      ...["--no-cache-dir", "--disable-pip-version-check", "--no-input", "--progress-bar", "off"],
      ...["--dest", folder, "--requirement", requirements],
    ],
    // pip's temporary files are deleted with the folder, however it ends.
    { signal, env: { TMPDIR: folder, PIP_REQUIRE_VIRTUALENV: "0" } },
  );
}

function countBytes(folder: string, total: number, progress: InstallProgress): () => void {
  const timer = setInterval(async () => {
    const done = await folderBytes(folder).catch(() => undefined);
    if (done !== undefined) progress.bytes(Math.min(done, total), total);
  }, 500);
  return () => {
    clearInterval(timer);
    progress.bytes(total, total);
  };
}

/** pip has checked the hash; this does not depend on which pip is on the PATH. */
async function checkHash(file: string, wheels: readonly Wheel[]): Promise<void> {
  const actual = await fileHash(file);
  if (wheels.some(({ sha256 }) => sha256 === actual)) return;
  throw new InstallError(
    `checking ${file}`,
    `Its sha256 is ${actual}, which is none of the pinned ones: ${wheels.map(({ sha256 }) => sha256).join(", ")}.`,
    "Find out what stands between you and pip's index; nothing of it was run.",
  );
}
