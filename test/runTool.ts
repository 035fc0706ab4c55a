import { spawn } from "node:child_process";
import { join } from "node:path";

/** Runs a tool of the project's packages, with its output shown, and says whether it succeeded. */
export function runTool(
  name: string,
  parameters: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<boolean> {
  const child = spawn(join("node_modules", ".bin", name), parameters, {
    stdio: "inherit",
    env: { ...process.env, ...env },
  });
  return new Promise((resolve) => {
    child.on("error", (error) => {
      console.error(error.message);
      resolve(false);
    });
    child.on("close", (code) => resolve(code === 0));
  });
}
