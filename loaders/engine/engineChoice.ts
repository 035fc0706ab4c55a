import { picklist, safeParse } from "valibot";

/** The ways tfjs can compute in Node, the one `auto` prefers first. */
export const engineNames = ["gpu", "native", "webgpu", "wasm"] as const;

export type EngineName = (typeof engineNames)[number];
export type EngineChoice = EngineName | "auto";

/** An engine that computes: what it is called, tfjs's name of its backend, and the versions of its parts. */
export interface Engine {
  readonly name: EngineName;
  readonly backend: string;
  readonly versions: Record<string, string>;
}

export interface EngineOptions {
  /** Threads within an operation, and as many operations at a time; native engines only. The library decides when absent. */
  readonly threads?: number;
}

const engineChoiceSchema = picklist([...engineNames, "auto"]);

/**
 * Reads an engine's name as a person wrote it; `source` says where, for the error.
 *
 * @throws if it names no engine.
 */
export function parseEngineChoice(text: string, source: string): EngineChoice {
  const result = safeParse(engineChoiceSchema, text);
  if (!result.success) {
    throw new Error(`${source} names no engine: "${text}". It takes ${engineNames.join(", ")} or auto.`);
  }
  return result.output;
}

/** The flag's choice, or, where that is `auto`, the choice of the environment variable `SPINENET_ENGINE`. */
export function effectiveChoice(flag: EngineChoice): EngineChoice {
  const named = process.env.SPINENET_ENGINE;
  return flag === "auto" && named ? parseEngineChoice(named, "SPINENET_ENGINE") : flag;
}
