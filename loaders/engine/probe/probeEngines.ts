import { boolean, type InferOutput, object, record, safeParse, string } from "valibot";
import { type EngineName, effectiveChoice, engineNames } from "../engineChoice.js";
import { runEngineProcess } from "../engineProcess.js";
import { isSoftwareAdapter } from "../webgpu/start.js";

const outcomeSchema = object({ works: boolean(), reason: string(), versions: record(string(), string()) });

/** Whether an engine works here. */
export interface EngineProbe {
  readonly name: EngineName;
  readonly works: boolean;
  /** Whether `auto` chooses it. */
  readonly chosen: boolean;
  /** Why it was or was not chosen. */
  readonly reason: string;
  readonly versions: Record<string, string>;
}

/** Starts every engine in a process of its own; says which one `auto` chooses, and why not the others. */
export async function probeEngines(): Promise<EngineProbe[]> {
  const outcomes = await Promise.all(engineNames.map(async (name) => ({ name, ...(await probe(name)) })));
  const choice = effectiveChoice("auto");
  const eligible = ({ works, versions }: InferOutput<typeof outcomeSchema>): boolean =>
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

async function probe(name: EngineName): Promise<InferOutput<typeof outcomeSchema>> {
  const end = await runEngineProcess(new URL("probe.ts", import.meta.url), [name], {
    env: { SPINENET_ENGINE: "" },
  });
  if ("ended" in end)
    return { works: false, reason: `Its process ended early (${end.ended}).`, versions: {} };
  const outcome = safeParse(outcomeSchema, end.message);
  return outcome.success
    ? outcome.output
    : { works: false, reason: "It answered in no known way.", versions: {} };
}
