import { readFileSync } from "node:fs";
import * as tf from "@tensorflow/tfjs-core";
import type { Engine } from "../engineChoice.js";
import { programLibraryOf } from "../native/program/programLibrary.js";
import type { Precision } from "./precision.js";

/** Instructions that multiply bfloat16, by the names that Linux has for them; without them it is slower than float32. */
const instructions: Partial<Record<string, readonly string[]>> = {
  x64: ["avx512_bf16", "amx_bf16"],
  arm64: ["bf16"],
};

export interface Computer {
  /** The engine that runs. */
  readonly engine: string;
  /** Whether its steps run as programs, which our add-on makes of them. */
  readonly programs: boolean;
  /** As `process.arch` has it. */
  readonly architecture: string;
  /** What the processor says that it can do; none where that is not known. */
  readonly flags: ReadonlySet<string>;
}

/** Why steps of this precision cannot be taken here, in sentences that say what to do; undefined where they can. */
export function precisionRefusal(
  precision: Precision,
  { engine, programs, architecture, flags }: Computer,
): string | undefined {
  if (precision === "float32") return undefined;
  const remedy = "--precision float32 runs everywhere.";
  if (engine !== "native" || !programs) {
    return (
      `bfloat16 needs the native engine with this project's add-on, and this is ${engine}${programs ? "" : " without it"}. ` +
      `Make it with "npm run --silent spinenet -- engine install native"; ${remedy}`
    );
  }
  const wanted = instructions[architecture] ?? [];
  if (wanted.some((flag) => flags.has(flag))) return undefined;
  const which = wanted.length > 0 ? `${wanted.join(" or ")} in /proc/cpuinfo` : "x64 or arm64";
  return `bfloat16 needs a processor that multiplies it (${which}), and this one does not say so. ${remedy}`;
}

/** @throws Error if the engine that runs cannot take steps of this precision. */
export function requirePrecision(precision: Precision, { name }: Engine): void {
  const refusal = precisionRefusal(precision, {
    engine: name,
    programs: programLibraryOf(tf.backend()) !== undefined,
    architecture: process.arch,
    flags: processorFlags(),
  });
  if (refusal !== undefined) throw new Error(refusal);
}

/** What Linux says of the first processor; nothing elsewhere. */
function processorFlags(): ReadonlySet<string> {
  try {
    const line = /^(?:flags|Features)\s*:(.*)$/m.exec(readFileSync("/proc/cpuinfo", "utf8"));
    return new Set(line?.[1]?.trim().split(/\s+/));
  } catch {
    return new Set();
  }
}
