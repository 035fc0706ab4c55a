import { existsSync } from "node:fs";
import { join } from "node:path";
import { Command, Option } from "commander";
import { nativeHome } from "./native/nativeHome.js";
import { runTool } from "./runTool.js";
import { runVitest } from "./runVitest.js";
import type { Tally } from "./tally.js";

/** A tool that is right or wrong as a whole counts as one test. */
async function runTools(...commands: readonly (readonly string[])[]): Promise<Tally> {
  const tally: Tally = { passed: 0, failed: 0, skipped: [] };
  for (const [name, ...parameters] of commands) {
    if (await runTool(name!, parameters)) tally.passed++;
    else tally.failed++;
  }
  return tally;
}

/** The tests of tensors run on the native engine, too, where the step before could make one. */
function runUnitTests(): Promise<Tally> {
  const home = nativeHome();
  const made = process.env.SPINENET_ENGINE_HOME === undefined && existsSync(join(home, "native"));
  return runVitest([], made ? { SPINENET_ENGINE_HOME: home } : {});
}

const deadCode = ["knip", "--config", join("test", "lint", "knip.ts"), "--no-progress", "--no-config-hints"];

const steps = [
  {
    name: "types",
    title: "Types of modules, and of the code in pages",
    run: () => runTools(["tsc", "--noEmit"], ["tsx", join("test", "pages", "check.ts")]),
  },
  {
    name: "lint",
    title: "Lint, format and dead code",
    run: () => runTools(["biome", "check", "."], deadCode, [...deadCode, "--production"]),
  },
  {
    name: "native",
    title: "Native engine: built here from pinned sources, the first time, and tested",
    run: () => runVitest(["--config", join("test", "native", "vitest.config.ts")]),
  },
  { name: "unit", title: "Unit and golden tests", run: runUnitTests },
  {
    name: "browser",
    title: "Browser tests: the site is built without a network and read in Chromium",
    run: () => runVitest(["--config", join("test", "browser", "vitest.config.ts")]),
  },
];

const only = new Option("--only <step>", "run one step").choices(steps.map(({ name }) => name));
const { only: chosen } = new Command("npm test --")
  .description("Runs every test of the project, or one step of them.")
  .addOption(only)
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
  .parse()
  .opts<{ only?: string }>();

const total: Tally = { passed: 0, failed: 0, skipped: [] };
for (const step of steps.filter(({ name }) => chosen === undefined || name === chosen)) {
  console.log(`\n── ${step.title}`);
  const tally = await step.run();
  total.passed += tally.passed;
  total.failed += tally.failed;
  total.skipped.push(...tally.skipped);
  console.log(`── ${step.title}: ${tally.passed} passed, ${tally.failed} failed`);
}

if (total.skipped.length > 0) {
  console.log("\nSkipped:");
  for (const { name, reason } of total.skipped) console.log(`  ${name}: ${reason}`);
}
const skipped = total.skipped.length > 0 ? `, ${total.skipped.length} skipped` : "";
console.log(`\n${total.passed} passed, ${total.failed} failed${skipped}`);
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
