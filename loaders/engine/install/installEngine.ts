import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { messageOf } from "../../../src/messages/messageOf.js";
import { errorCode } from "../../files/errorCode.js";
import { engineHome } from "../engineHome.js";
import { programAddonFile } from "../native/program/programAddon.js";
import { runSelfTest, type SelfTestReport } from "../selfTest/run.js";
import { buildEngine, platform } from "./buildEngine.js";
import { folderBytes } from "./folderBytes.js";
import {
  type InstallationOrigin,
  type InstallationRecord,
  programHash,
  readInstallation,
  recordName,
  tfjsNodeFolder,
} from "./installation.js";
import { InstallError, makeRoom, step } from "./installError.js";
import type { InstallProgress } from "./installProgress.js";
import { hashLibraries, reusableLibraries } from "./libraryReuse.js";
import { withInstallLock } from "./lock.js";
import { type Pins, pins, releasesOf } from "./pins.js";
import { runTool } from "./runTool.js";
import { replaceEngine, withStaging } from "./staging.js";

export interface InstallRequest {
  readonly name: "native" | "gpu";
  /** A folder that holds TensorFlow's libraries already. */
  readonly from?: string;
  /** sha256 of libraries in that folder that are trusted without being those of a pinned TensorFlow. */
  readonly sha256?: readonly string[];
  readonly progress: InstallProgress;
  readonly signal?: AbortSignal;
}

/** What an install fetches, and how it tests the result. */
interface InstallParts {
  readonly pins: Pins;
  readonly selfTest: typeof runSelfTest;
}

export interface InstallReport {
  readonly engine: "native" | "gpu";
  /** Whether it was newly made, rebuilt in place of a faulty or outdated one, or already right. */
  readonly action: "installed" | "repaired" | "unchanged";
  /** Why it was rebuilt; empty otherwise. */
  readonly reason: string;
  readonly folder: string;
  readonly origin: InstallationOrigin;
  /** Size of the folder, without libraries that are only linked. */
  readonly bytes: number;
  readonly selfTest: SelfTestReport;
}

/**
 * Makes a native engine for this computer in the user's cache folder, unless one is there and right.
 *
 * Everything is built in a staging folder, tested there, and moved into place by renaming. If a step fails, the
 * engine that was there stays.
 *
 * @throws InstallError naming the step; Error if another install is running; the signal's reason if aborted.
 */
export function installEngine(
  request: InstallRequest,
  parts: InstallParts = { pins, selfTest: runSelfTest },
): Promise<InstallReport> {
  const home = engineHome();
  const { name, progress, signal } = request;
  const from = request.from === undefined ? undefined : resolve(request.from);
  const folder = join(home, name);
  return explained(home, () =>
    withInstallLock(home, async () => {
      const against = releasesOf(parts.pins.wheels[name][platform] ?? []);
      const found = await readInstallation(folder, { from, against });
      let reason = typeof found === "string" ? found : "";
      if (typeof found === "object") {
        progress.step("Testing the engine that is there");
        try {
          const selfTest = await parts.selfTest(name);
          return await report("unchanged", "", found.origin, selfTest);
        } catch (error) {
          reason = messageOf(error);
        }
      }
      return withStaging(home, async (staging) => {
        if (reason) progress.step(`Making ${name} again: ${reason}`);
        const { origin, selfTest } = await make({ ...request, ...parts, from }, staging);
        signal?.throwIfAborted();
        await replaceEngine(folder, join(staging, name), staging);
        return report(found === undefined ? "installed" : "repaired", reason, origin, selfTest);
      });
    }),
  );

  async function report(
    action: InstallReport["action"],
    reason: string,
    origin: InstallationOrigin,
    selfTest: SelfTestReport,
  ): Promise<InstallReport> {
    return { engine: name, action, reason, folder, origin, bytes: await folderBytes(folder), selfTest };
  }
}

type MakeRequest = InstallRequest & InstallParts;

interface Made {
  readonly origin: InstallationOrigin;
  readonly selfTest: SelfTestReport;
}

async function make(request: MakeRequest, staging: string): Promise<Made> {
  const { name, from, sha256 = [], pins, progress, signal } = request;
  if (name === "gpu") await requireDriver(signal);
  const folder = join(staging, name);
  await mkdir(folder);
  const origin = await buildEngine({
    name,
    folder,
    from: from === undefined ? undefined : { folder: from, trusted: sha256 },
    previous: await reusableLibraries(join(engineHome(), name)),
    pins,
    progress,
    signal,
  });
  const selfTest = await finish(request, staging, origin);
  return { origin, selfTest };
}

/** Tests the engine in the staging folder, and writes its record there. */
async function finish(
  { name, progress, signal, selfTest }: MakeRequest,
  staging: string,
  origin: InstallationOrigin,
): Promise<SelfTestReport> {
  progress.step("Testing convolution, pooling, resize and batch norm, with their gradients");
  let tested: SelfTestReport;
  try {
    tested = await selfTest(name, { env: { SPINENET_ENGINE_HOME: staging } });
  } catch (error) {
    throw new InstallError(
      "testing the engine",
      messageOf(error),
      "This computer's processor, C library or driver may be too old for this TensorFlow; " +
        "--from takes another one.",
      { cause: error },
    );
  }
  signal?.throwIfAborted();
  const files = [
    "dist/index.js",
    join("lib", "napi-v8", "tfjs_binding.node"),
    "deps/lib/libtensorflow.so",
    "deps/lib/libtensorflow_framework.so",
  ];
  const tfjsNode = tfjsNodeFolder(join(staging, name));
  const record: InstallationRecord = {
    engine: name,
    origin,
    program: await programHash(),
    libraries: await hashLibraries(join(tfjsNode, "deps")),
    files: [...files, programAddonFile].filter((file) => existsSync(join(tfjsNode, file))),
  };
  await writeFile(join(staging, name, recordName), `${JSON.stringify(record, null, 2)}\n`);
  return tested;
}

/** Checks the driver before gigabytes are downloaded in vain. */
async function requireDriver(signal?: AbortSignal): Promise<void> {
  await step(
    "looking for an NVIDIA GPU",
    "Install NVIDIA's driver and see that nvidia-smi -L lists a GPU; TensorFlow and CUDA's libraries are fetched by this command.",
    () => runTool("nvidia-smi", ["-L"], { signal, timeout: 60 }),
  );
}

/** Reports failures of the file system as a failed step. */
async function explained<T>(home: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    const code = errorCode(error);
    if (code === "ENOSPC") {
      throw new InstallError(`writing into ${home}`, "The disk is full.", makeRoom, { cause: error });
    }
    if (["EACCES", "EPERM", "EROFS", "ENOTDIR", "EEXIST"].includes(String(code))) {
      throw new InstallError(
        `writing into ${home}`,
        `${messageOf(error)}.`,
        "Let this user write there, or name another folder by SPINENET_ENGINE_HOME.",
        { cause: error },
      );
    }
    throw error;
  }
}
