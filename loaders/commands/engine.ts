import { SingleBar } from "cli-progress";
import { Argument, Command } from "commander";
import type { InstallReport } from "../engine/install/installEngine.js";
import type { InstallProgress } from "../engine/install/installProgress.js";
import type { EngineProbe } from "../engine/probe/probeEngines.js";
import { log } from "../log.js";

type Installable = "native" | "gpu";

/** `engine`: which engines work here, which one `auto` takes, and why not the others; and what makes one. */
export function engineCommand(): Command {
  return new Command("engine")
    .description("Says which engines work here, which was chosen, why the others were not.")
    .option("--json", "print [{name, works, chosen, reason, versions}]")
    .action(async ({ json }: { json?: boolean }) => {
      // tfjs takes most of a second to load; the other commands shall not wait for it.
      const { probeEngines } = await import("../engine/probe/probeEngines.js");
      const probes = await probeEngines();
      process.stdout.write(json ? `${JSON.stringify(probes, null, 2)}\n` : described(probes));
    })
    .addCommand(installCommand())
    .addCommand(removeCommand());
}

const engineArgument = () => new Argument("[engine]", "which one").choices(["native", "gpu"]);

interface InstallOptions {
  readonly from?: string;
  readonly build?: boolean;
  readonly json?: boolean;
}

function installCommand(): Command {
  return new Command("install")
    .description(
      "Makes a native engine for this computer: tfjs-node over TensorFlow's C library, in this user's cache folder. " +
        "Run again, it repairs the engine or does nothing.",
    )
    .addArgument(engineArgument().default("native"))
    .option(
      "--from <dir>",
      "use TensorFlow's libraries and headers that are in this folder; nothing is copied",
    )
    .option("--build", "build from sources even where the published binaries can be had")
    .option("--json", "print {engine, action, reason, folder, origin, bytes, selfTest}")
    .addHelpText(
      "after",
      `
native tries the binaries that tfjs-node's makers publish, and where they cannot be had or do not compute here,
builds from sources: a C++ compiler, Python 3 with pip, a download of 275 MB and 0.9 GB in the end.
gpu is always built, against TensorFlow's wheel for CUDA 12 and NVIDIA's libraries: an NVIDIA driver on Linux and
x64, a download of 2.5 GB and about 10 GB of room while it is made. It has not yet been tried on a GPU; like native
it is kept only if it starts on one and passes the test of convolution, pooling, resize and batch norm.

$SPINENET_ENGINE_HOME names another folder than the cache's, PYTHON another Python, CXX another compiler.`,
    )
    .action(async (name: Installable, { json, ...options }: InstallOptions, command: Command) => {
      const { installEngine } = await import("../engine/install/installEngine.js");
      const asJson = json ?? command.optsWithGlobals<InstallOptions>().json;
      const interruption = new AbortController();
      const interrupt = (): void =>
        interruption.abort(new Error("The install was interrupted; nothing was left half installed."));
      const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
      for (const signal of signals) process.once(signal, interrupt);
      const { progress, stop } = showProgress();
      try {
        const report = await installEngine({ name, ...options, progress, signal: interruption.signal });
        stop();
        process.stdout.write(asJson ? `${JSON.stringify(report, null, 2)}\n` : installed(report));
      } finally {
        stop();
        for (const signal of signals) process.off(signal, interrupt);
      }
    });
}

function removeCommand(): Command {
  return new Command("remove")
    .description("Takes away the engines that install made; both where none is named.")
    .addArgument(engineArgument())
    .option("--json", "print [{engine, folder, bytes}]")
    .action(async (name: Installable | undefined, { json }: { json?: boolean }, command: Command) => {
      const { removeEngines } = await import("../engine/install/removeEngine.js");
      const removed = await removeEngines(name ? [name] : ["native", "gpu"]);
      const asJson = json ?? command.optsWithGlobals<{ json?: boolean }>().json;
      const lines = removed.map(
        ({ engine, folder, bytes }) => `${engine} removed from ${folder}: ${megabytes(bytes)} freed.\n`,
      );
      const text = lines.length > 0 ? lines.join("") : "There was nothing to remove.\n";
      process.stdout.write(asJson ? `${JSON.stringify(removed, null, 2)}\n` : text);
    });
}

function showProgress(): { progress: InstallProgress; stop: () => void } {
  let bar: SingleBar | undefined;
  const stop = (): void => {
    bar?.stop();
    bar = undefined;
  };
  const progress: InstallProgress = {
    step: (text) => {
      stop();
      log.info(`${text} …`);
    },
    bytes: (done, total) => {
      if (!bar) {
        bar = new SingleBar({ format: "download {bar} {value}/{total} MB", stream: process.stderr });
        bar.start(Math.round(total / 1e6), 0);
      }
      bar.update(Math.round(done / 1e6));
    },
  };
  return { progress, stop };
}

function installed({ engine, action, reason, folder, origin, bytes, selfTest }: InstallReport): string {
  const done = action === "unchanged" ? "is there and right; nothing was done" : action;
  const made =
    origin.kind === "published"
      ? "the published binaries of tfjs-node"
      : `${origin.sources}, built by ${origin.compiler}\n  against    ${origin.against}\n  headers    ${origin.nodeHeaders}`;
  const versions = Object.entries(selfTest.versions).map(([part, version]) => `${part} ${version}`);
  const tests = selfTest.results.map(
    ({ operation, valueError, gradientError }) =>
      `  ${operation.padEnd(24)}values to ${valueError.toExponential(0)}, gradients to ${gradientError.toExponential(0)}\n`,
  );
  return (
    `${engine} ${done}${reason && ` (${reason})`}.\n` +
    `  folder     ${folder}, ${megabytes(bytes)}\n` +
    `  made from  ${made}\n` +
    `  versions   ${versions.join(", ")}\n` +
    `Its self-test, against definitions in float64:\n${tests.join("")}`
  );
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`;
}

function described(probes: readonly EngineProbe[]): string {
  return probes
    .map(({ name, works, chosen, reason, versions }) => {
      const state = chosen ? "chosen" : works ? "works" : "not here";
      const parts = Object.entries(versions).map(([part, version]) => `${part} ${version}`);
      const detail = parts.length > 0 ? ` (${parts.join(", ")})` : "";
      return `${name.padEnd(8)}${state.padEnd(10)}${reason}${detail}\n`;
    })
    .join("");
}
