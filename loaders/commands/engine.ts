import { Command } from "commander";
import type { EngineProbe } from "../engine/probeEngines.js";

/** `engine`: which engines work here, which one `auto` takes, and why not the others. */
export function engineCommand(): Command {
  return new Command("engine")
    .description("Says which engines work here, which was chosen, why the others were not.")
    .option("--json", "print [{name, works, chosen, reason, versions}]")
    .action(async ({ json }: { json?: boolean }) => {
      // tfjs takes most of a second to load; the other commands shall not wait for it.
      const { probeEngines } = await import("../engine/probeEngines.js");
      const probes = await probeEngines();
      process.stdout.write(json ? `${JSON.stringify(probes, null, 2)}\n` : described(probes));
    });
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
