import { fork } from "node:child_process";
import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import { boolean, type InferOutput, object, record, safeParse, string } from "valibot";
import { type EngineName, effectiveChoice, engineNames } from "./engineName.js";
import { isSoftwareAdapter } from "./webgpuEngine.js";

const Outcome = object({ works: boolean(), reason: string(), versions: record(string(), string()) });

/** What became of one engine here. */
export interface EngineProbe {
  readonly name: EngineName;
  readonly works: boolean;
  /** Whether `auto` takes it. */
  readonly chosen: boolean;
  /** Why it was chosen, or was not. */
  readonly reason: string;
  readonly versions: Record<string, string>;
}

/** Starts every engine, each in a process of its own, and says which `auto` takes and why not the others. */
export async function probeEngines(): Promise<EngineProbe[]> {
  const outcomes = await Promise.all(engineNames.map(async (name) => ({ name, ...(await probe(name)) })));
  const choice = effectiveChoice("auto");
  const eligible = ({ works, versions }: InferOutput<typeof Outcome>): boolean =>
    works && !isSoftwareAdapter(versions.adapter ?? "");
  const chosen = choice === "auto" ? outcomes.find(eligible)?.name : choice;
  return outcomes.map((outcome) => {
    const isChosen = outcome.works && outcome.name === chosen;
    return { ...outcome, chosen: isChosen, reason: outcome.works ? why(isChosen) : outcome.reason };

    function why(taken: boolean): string {
      if (choice !== "auto")
        return `${taken ? "Named" : "Works, but is not the one named"} by SPINENET_ENGINE.`;
      if (taken) return "The first of gpu, native, webgpu and wasm that works.";
      if (!eligible(outcome)) return "Works on a software adapter only, slower than wasm; it must be named.";
      return `Works, but auto prefers ${chosen}.`;
    }
  });
}

function probe(name: EngineName): Promise<InferOutput<typeof Outcome>> {
  const loader = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;
  const child = fork(fileURLToPath(new URL("probe.ts", import.meta.url)), [name], {
    execArgv: ["--import", loader],
    env: { ...process.env, SPINENET_ENGINE: "" },
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
  return new Promise((resolve, reject) => {
    child.once("message", (message) => {
      const outcome = safeParse(Outcome, message);
      resolve(
        outcome.success
          ? outcome.output
          : { works: false, reason: "It answered in no known way.", versions: {} },
      );
    });
    child.once("error", reject);
    child.once("exit", (code, signal) =>
      resolve({ works: false, reason: `Its process ended early (${signal ?? code}).`, versions: {} }),
    );
  });
}
