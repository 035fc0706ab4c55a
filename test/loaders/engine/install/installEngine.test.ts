import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { removeEngines } from "../../../../loaders/engine/install/removeEngine.js";
import { type ProcessIdentity, thisProcess } from "../../../../loaders/files/processIdentity.js";
import { type FakeComputer, fakeComputer, platform } from "./fakeComputer.js";

let computer: FakeComputer;
beforeEach(() => {
  computer = fakeComputer();
});
afterEach(() => computer.remove());

const tfjsNode = (): string => join(computer.home, "native", "node_modules", "@tensorflow", "tfjs-node");
const binding = (): string => join(tfjsNode(), "lib", "napi-v8", "tfjs_binding.node");

/** What is in the lock of this process, with something changed. */
const lockOf = (changes: Partial<ProcessIdentity>): string =>
  JSON.stringify({ ...thisProcess(), since: "2026-01-01T00:00:00.000Z", ...changes });

describe("installEngine", () => {
  it("makes an engine of the pinned packages and wheel, and leaves nothing beside it", async () => {
    const report = await computer.install();
    expect(report).toMatchObject({
      engine: "native",
      action: "installed",
      reason: "",
      folder: join(computer.home, "native"),
      origin: {
        kind: "built",
        against: "tensorflow 0.0.0",
        sources: "@tensorflow/tfjs-node 1.0.0",
        compiler: "g++ 0.0.0, a fake",
      },
    });
    expect(computer.left()).toEqual(["native"]);
    expect(readFileSync(binding(), "utf8")).toBe("compiled\n");
    expect(existsSync(join(tfjsNode(), "lib", "napi-v8", "spinenet_program.node"))).toBe(true);
    expect(existsSync(join(tfjsNode(), "deps", "lib", "libtensorflow.so"))).toBe(true);
    expect(existsSync(join(computer.home, "native", "spare"))).toBe(false);
  });

  it("asks pip for the pinned hash and for no other package, and keeps what pip writes in its own folder", async () => {
    await computer.install();
    const [download] = computer.calls().filter((call) => call.includes("pip download"));
    expect(download).toContain("--no-deps --require-hashes");
    expect(download).toContain("--python-version 311 --implementation cp --abi cp311");
    expect(download).toMatch(new RegExp(`--dest ${computer.home}/\\.install-`));
  });

  it("does nothing but test an engine that is right", async () => {
    await computer.install();
    const before = computer.calls().length;
    let tested = 0;
    const report = await computer.install({
      selfTest: async () => {
        tested++;
        return { versions: {}, results: [] };
      },
    });
    expect(report.action).toBe("unchanged");
    expect(tested).toBe(1);
    expect(computer.calls()).toHaveLength(before);
  });

  it.each<[string, () => void, RegExp]>([
    ["lacks its add-on", () => rmSync(binding()), /^lib\/napi-v8\/tfjs_binding\.node is missing$/],
    [
      "has a damaged record",
      () => writeFileSync(join(computer.home, "native", "installation.json"), '{"engine": 3}'),
      /installation\.json is damaged or from an earlier version$/,
    ],
    [
      "has no record",
      () => rmSync(join(computer.home, "native", "installation.json")),
      /was not made by this command$/,
    ],
    [
      "holds our add-on compiled from another source",
      () => {
        const file = join(computer.home, "native", "installation.json");
        writeFileSync(file, readFileSync(file, "utf8").replace(/"program": "\w+"/, '"program": "0"'));
      },
      /spinenet_program\.node was compiled from another source$/,
    ],
  ])("makes an engine again that %s", async (_, damage, reason) => {
    await computer.install();
    damage();
    const report = await computer.install();
    expect(report.action).toBe("repaired");
    expect(report.reason).toMatch(reason);
    expect(readFileSync(binding(), "utf8")).toBe("compiled\n");
    expect(computer.left()).toEqual(["native"]);
  });

  const library = (): string => join(tfjsNode(), "deps", "lib", "libtensorflow_cc.so.2");
  const downloads = (): number => computer.calls().filter((call) => call.includes("pip download")).length;

  it("fetches no TensorFlow again where the one of before is whole, and takes it with no second copy", async () => {
    await computer.install();
    const { ino } = statSync(library());
    rmSync(binding());
    computer.tool("python3", null);
    expect((await computer.install()).action).toBe("repaired");
    expect(downloads()).toBe(1);
    expect(statSync(library()).ino).toBe(ino);
    expect(existsSync(join(tfjsNode(), "deps", "lib", "libtensorflow.so"))).toBe(true);
  });

  it("fetches TensorFlow again where a byte of the one of before has changed, or another is pinned", async () => {
    await computer.install();
    rmSync(binding());
    writeFileSync(library(), "x");
    await computer.install();
    expect(downloads()).toBe(2);
    expect(readFileSync(library(), "utf8")).toBe("");
    const [wheel] = computer.pins.wheels.native[platform]!;
    const wheels = { ...computer.pins.wheels, native: { [platform]: [{ ...wheel!, version: "0.0.1" }] } };
    const report = await computer.install({ pins: { ...computer.pins, wheels } });
    expect(report).toMatchObject({ action: "repaired", reason: "it was made against tensorflow 0.0.0" });
    expect(downloads()).toBe(3);
  });

  it("makes an engine again that does not pass its self-test", async () => {
    await computer.install();
    let tests = 0;
    const report = await computer.install({
      selfTest: async () => {
        if (tests++ === 0) throw new Error("Its process ended early (SIGSEGV).");
        return { versions: {}, results: [] };
      },
    });
    expect(report).toMatchObject({ action: "repaired", reason: "Its process ended early (SIGSEGV)." });
  });

  it("keeps the engine that was there if making another fails", async () => {
    await computer.install();
    rmSync(join(computer.home, "native", "installation.json"));
    computer.tool("g++", null);
    await expect(computer.install()).rejects.toThrow("There is no g++, c++ or clang++");
    expect(readFileSync(binding(), "utf8")).toBe("compiled\n");
    expect(computer.left()).toEqual(["native"]);
  });

  it("takes away what a killed install left, and its lock", async () => {
    mkdirSync(join(computer.home, ".install-left", "native"), { recursive: true });
    // No process has this number: Linux's greatest is 4194304.
    writeFileSync(join(computer.home, ".install.lock"), lockOf({ pid: 99999999 }));
    expect((await computer.install()).action).toBe("installed");
    expect(computer.left()).toEqual(["native"]);
  });

  it("takes the lock of a process whose number another one now has", async () => {
    mkdirSync(computer.home);
    writeFileSync(join(computer.home, ".install.lock"), lockOf({ start: "1" }));
    expect((await computer.install()).action).toBe("installed");
  });

  it("refuses to run twice at once, naming the process that runs", async () => {
    let second: Promise<unknown> | undefined;
    await computer.install({
      selfTest: async () => {
        second ??= computer.install().catch((error: unknown) => error);
        await second;
        return { versions: {}, results: [] };
      },
    });
    expect(String(await second)).toContain(`is at work on this folder: process ${process.pid} (since `);
    expect(computer.left()).toEqual(["native"]);
  });

  it("ends its tools and leaves nothing when it is aborted", async () => {
    const pidFile = join(computer.folder, "pid");
    computer.tool(
      "g++",
      `[ "$1" = --version ] && exit; echo $$ > "${pidFile}.new"; mv "${pidFile}.new" "${pidFile}"; sleep 600`,
    );
    const abortion = new AbortController();
    const install = computer.install({ signal: abortion.signal });
    const poll = setInterval(() => {
      if (existsSync(pidFile)) abortion.abort(new Error("Interrupted."));
    }, 20);
    await expect(install).rejects.toThrow("Interrupted.");
    clearInterval(poll);
    expect(() => process.kill(Number(readFileSync(pidFile, "utf8")), 0)).toThrow("ESRCH");
    expect(computer.left()).toEqual([]);
  });
});

describe("removeEngines", () => {
  it("takes an engine away and tells how much it held", async () => {
    const { bytes } = await computer.install();
    expect(bytes).toBeGreaterThan(0);
    expect(await removeEngines(["native", "gpu"])).toEqual([
      { engine: "native", folder: join(computer.home, "native"), bytes },
    ]);
    expect(computer.left()).toEqual([]);
    expect(await removeEngines(["native", "gpu"])).toEqual([]);
  });

  it("leaves alone what else lies in the home", async () => {
    mkdirSync(join(computer.home, "training"), { recursive: true });
    await removeEngines(["native", "gpu"]);
    expect(computer.left()).toEqual(["training"]);
  });
});
