import { SingleBar } from "cli-progress";
import { Argument, Command, InvalidArgumentError } from "commander";
import type { InstallReport } from "../engine/install/installEngine.js";
import type { InstallProgress } from "../engine/install/installProgress.js";
import type { EngineProbe } from "../engine/probe/probeEngines.js";
import { log } from "../log.js";
import { printJson, printLines } from "../terminal.js";

type Installable = "native" | "gpu";

/** `engine`: which engines work here, which one `auto` takes and why; `install` and `remove` manage native ones. */
export function engineCommand(): Command {
  return new Command("engine")
    .description("Lists the compute engines: which work here, which one auto takes, and why not the others.")
    .option("--json", "print [{name, works, chosen, reason, versions}]")
    .action(async ({ json }: { json?: boolean }) => {
      // tfjs takes most of a second to load; other commands should not wait for it.
      const { probeEngines } = await import("../engine/probe/probeEngines.js");
      const probes = await probeEngines();
      if (json) printJson(probes, 2);
      else printLines([described(probes).trimEnd()]);
    })
    .addCommand(installCommand())
    .addCommand(removeCommand());
}

const engineArgument = () => new Argument("[engine]", "engine name").choices(["native", "gpu"]);

interface InstallOptions {
  readonly from?: string;
  readonly sha256?: string[];
  readonly json?: boolean;
}

function installCommand(): Command {
  return new Command("install")
    .description(
      "Installs a native engine for this computer, tfjs-node on TensorFlow's C library, in the user's cache folder. " +
        "Running it again repairs the engine if necessary.",
    )
    .addArgument(engineArgument().default("native"))
    .option("--from <dir>", "use the TensorFlow libraries and headers in this folder, without copying them")
    .option("--sha256 <hash...>", "trust libraries in that folder that have these hashes", parseHash)
    .option("--json", "print {engine, action, reason, folder, origin, bytes, selfTest}")
    .addHelpText(
      "after",
      `
native is built from source, which needs Linux, a C++ compiler, Python 3 with pip, a 275 MB download and finally 0.9 GB of
disk space. gpu is built against TensorFlow's wheel for CUDA 12 and NVIDIA's libraries. It needs Linux on x64 with an
NVIDIA driver, a 2.5 GB download and about 10 GB of disk space while building, and has not yet been tested on a GPU.

What is checked: every download (packages by npm, wheels by pip) must have the hash pinned in this project, whatever
registry, index or proxy it came from, or nothing of it is unpacked or run; install scripts of packages are never run.
Libraries in the --from folder must be those of a pinned TensorFlow, or have the sha256 that you give, and not be
writable by every user. The engine is built in a new folder, kept only if it passes the self-test of convolution,
pooling, resize and batch norm there, and then renamed into place; if a step fails, the previous engine stays.

Environment: SPINENET_ENGINE_HOME (folder instead of the cache), PYTHON, CXX (compiler).`,
    )
    .action(async (name: Installable, { json, ...options }: InstallOptions, command: Command) => {
      if (options.sha256 && options.from === undefined) {
        command.error("error: --sha256 is about libraries in a folder; name it by --from.", { exitCode: 2 });
      }
      const { installEngine } = await import("../engine/install/installEngine.js");
      const asJson = json ?? command.optsWithGlobals<InstallOptions>().json;
      const interruption = new AbortController();
      const interrupt = (): void =>
        interruption.abort(new Error("The installation was interrupted; nothing was changed."));
      const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
      for (const signal of signals) process.once(signal, interrupt);
      const { progress, stop } = showProgress();
      try {
        const report = await installEngine({ name, ...options, progress, signal: interruption.signal });
        stop();
        if (asJson) printJson(report, 2);
        else printLines([installed(report).trimEnd()]);
      } finally {
        stop();
        for (const signal of signals) process.off(signal, interrupt);
      }
    });
}

/** One more sha256, in any case, as `sha256sum` prints it. */
function parseHash(value: string, earlier: readonly string[] = []): string[] {
  if (!/^[0-9a-f]{64}$/i.test(value)) throw new InvalidArgumentError("It must be 64 hexadecimal digits.");
  return [...earlier, value.toLowerCase()];
}

function removeCommand(): Command {
  return new Command("remove")
    .description("Removes installed engines; both if none is named.")
    .addArgument(engineArgument())
    .option("--json", "print [{engine, folder, bytes}]")
    .action(async (name: Installable | undefined, { json }: { json?: boolean }, command: Command) => {
      const { removeEngines } = await import("../engine/install/removeEngine.js");
      const removed = await removeEngines(name ? [name] : ["native", "gpu"]);
      const asJson = json ?? command.optsWithGlobals<{ json?: boolean }>().json;
      const lines = removed.map(
        ({ engine, folder, bytes }) => `${engine} removed from ${folder}: ${megabytes(bytes)} freed.\n`,
      );
      const text = lines.length > 0 ? lines.join("") : "Nothing to remove.\n";
      if (asJson) printJson(removed, 2);
      else printLines([text.trimEnd()]);
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
  const done = action === "unchanged" ? "is up to date; nothing was changed" : action;
  const made = `${origin.sources}, built by ${origin.compiler}\n  against    ${origin.against}\n  headers    ${origin.nodeHeaders}`;
  const versions = Object.entries(selfTest.versions).map(([part, version]) => `${part} ${version}`);
  const tests = selfTest.results.map(
    ({ operation, valueError, gradientError }) =>
      `  ${operation.padEnd(24)}values ${valueError.toExponential(0)}, gradients ${gradientError.toExponential(0)}\n`,
  );
  return (
    `${engine} ${done}${reason && ` (${reason})`}.\n` +
    `  folder     ${folder}, ${megabytes(bytes)}\n` +
    `  source     ${made}\n` +
    `  versions   ${versions.join(", ")}\n` +
    `Self-test, errors against float64 references:\n${tests.join("")}`
  );
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`;
}

function described(probes: readonly EngineProbe[]): string {
  return probes
    .map(({ name, works, chosen, reason, versions }) => {
      const state = chosen ? "chosen" : works ? "works" : "unusable";
      const parts = Object.entries(versions).map(([part, version]) => `${part} ${version}`);
      const detail = parts.length > 0 ? ` (${parts.join(", ")})` : "";
      return `${name.padEnd(8)}${state.padEnd(10)}${reason}${detail}\n`;
    })
    .join("");
}
