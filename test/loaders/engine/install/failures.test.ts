import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type FakeComputer, fakeComputer, platform } from "./fakeComputer.js";

let computer: FakeComputer;
beforeEach(() => {
  computer = fakeComputer();
});
afterEach(() => computer.remove());

/** A pip that is there and fails to download. */
const pip = (download: string): string => `
  case "$*" in
    *"pip download"*) ${download};;
  esac`;

const say = (text: string): string => `echo "${text}" >&2; exit 1`;

describe("an install", () => {
  it.each<[string, (computer: FakeComputer) => void, string[]]>([
    [
      "without Python",
      ({ tool }) => tool("python3", null),
      [
        "while looking for pip",
        "There is no Python here: neither python3 nor python is on the PATH.",
        "apt-get install python3-pip",
        "--from",
      ],
    ],
    [
      "whose PYTHON names nothing",
      () => vi.stubEnv("PYTHON", "/nowhere/python"),
      ["There is no Python here: PYTHON names /nowhere/python."],
    ],
    [
      "without pip",
      ({ tool }) => tool("python3", say("/usr/bin/python3: No module named pip")),
      ["while looking for pip", "“/usr/bin/python3: No module named pip”", "apt-get install python3-pip"],
    ],
    [
      "without a compiler",
      ({ tool }) => tool("g++", null),
      [
        "while looking for a C++ compiler",
        "There is no g++, c++ or clang++ on the PATH.",
        "apt-get install g++",
      ],
    ],
    [
      "whose CXX names nothing",
      () => vi.stubEnv("CXX", "/nowhere/g++"),
      ["CXX names /nowhere/g++, which is not there."],
    ],
    [
      "whose compiler finds no headers",
      ({ tool }) =>
        tool(
          "g++",
          `[ "$1" = --version ] && echo g++ 1 && exit
           echo "In file included from here:" >&2; ${say("a.cc:1:10: fatal error: string: No such file")}`,
        ),
      ["while compiling tfjs_binding with g++ 1", "“a.cc:1:10: fatal error: string: No such file”", "C++17"],
    ],
    [
      "whose npm reaches no registry",
      ({ tool }) => tool("npm", say("npm error network request to https://registry failed")),
      [
        "while fetching @tensorflow/tfjs-node 1.0.0 from npm",
        "“npm error network request to https://registry failed”",
        "npm ping",
      ],
    ],
    [
      "whose npm is missing",
      ({ tool }) => tool("npm", null),
      ["while fetching @tensorflow/tfjs-node 1.0.0 from npm", "npm could not be started"],
    ],
    [
      "whose npm packs nothing",
      ({ tool }) => tool("npm", "exit 0"),
      ["while fetching @tensorflow/tfjs-node 1.0.0 from npm", "npm pack wrote no tarball."],
    ],
    [
      "whose tarball is another one",
      ({ tool }) =>
        tool("npm", 'while [ "$1" != --pack-destination ]; do shift; done; echo other > "$2/a.tgz"'),
      ["The registry's tarball is not the pinned one", "should be sha512-", "nothing of it was run"],
    ],
    [
      "whose pip reaches no index",
      ({ tool }) => tool("python3", pip(say("ERROR: No matching distribution found for tensorflow==0.0.0"))),
      [
        "while fetching tensorflow 0.0.0 through pip",
        "“ERROR: No matching distribution found for tensorflow==0.0.0”",
        "--from",
      ],
    ],
    [
      "whose pip takes another wheel than the pinned one",
      ({ tool }) =>
        tool("python3", pip('while [ "$1" != --dest ]; do shift; done; echo other > "$2/tensorflow.whl"')),
      ["while checking", "tensorflow.whl", "which is none of the pinned ones"],
    ],
    [
      "whose disk fills up",
      ({ tool }) => tool("python3", pip(say("OSError: [Errno 28] No space left on device"))),
      [
        "while fetching tensorflow 0.0.0 through pip",
        "“OSError: [Errno 28] No space left on device”",
        "Make room, or name a folder on another disk by SPINENET_ENGINE_HOME.",
      ],
    ],
    [
      "whose tar is missing",
      ({ tool }) => tool("tar", null),
      ["while unpacking @tensorflow/tfjs-node", "tar could not be started", "Install tar and gzip."],
    ],
  ])("%s says at which step it failed, in its tool's words, and what to do", async (_, spoil, said) => {
    spoil(computer);
    const error: unknown = await computer.install().catch((reason: unknown) => reason);
    for (const part of [
      "The install failed while ",
      ...said,
      "Nothing was left half installed, and the engine wasm works without it.",
    ]) {
      expect(String(error)).toContain(part);
    }
    expect(computer.left()).toEqual([]);
  });

  it("says how much room it needs before it fetches anything", async () => {
    const [wheel] = computer.pins.wheels.native[platform]!;
    const wheels = { ...computer.pins.wheels, native: { [platform]: [{ ...wheel!, bytes: 1e18 }] } };
    await expect(computer.install({ pins: { ...computer.pins, wheels } })).rejects.toThrow(
      // Four times the wheel: 4e18 bytes.
      /while looking for room\. 4000000000\.0 GB are needed in \S+\/home, and [\d.]+ GB are free\. Make room/,
    );
    expect(computer.calls()).toEqual([]);
  });

  it("says for which platforms there is a TensorFlow", async () => {
    const wheels = { ...computer.pins.wheels, native: { "amiga-m68k": [] } };
    await expect(computer.install({ pins: { ...computer.pins, wheels } })).rejects.toThrow(
      `For native there is one on amiga-m68k, and this is ${platform}. Name a folder`,
    );
  });

  it("says what an engine computes wrongly, and does not keep it", async () => {
    const selfTest = (): Promise<never> => Promise.reject(new Error("It computes wrongly: max pool (…)."));
    await expect(computer.install({ selfTest })).rejects.toThrow(
      "while testing the engine. It computes wrongly: max pool (…). This computer's",
    );
    expect(computer.left()).toEqual([]);
  });

  it("says which folder it cannot write", async () => {
    const file = join(computer.folder, "a-file");
    writeFileSync(file, "");
    vi.stubEnv("SPINENET_ENGINE_HOME", join(file, "home"));
    await expect(computer.install()).rejects.toThrow(
      `while writing into ${join(file, "home")}. ENOTDIR: not a directory`,
    );
  });
});

describe("an install from a folder", () => {
  const names = ["libtensorflow_cc.so.2", "libtensorflow_framework.so.2"] as const;
  /** sha256 of an empty file, as FIPS 180-4's test vectors have it. */
  const hashOfNothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

  /** A folder with empty files for TensorFlow's libraries. */
  function tensorflowFolder(): string {
    const from = join(computer.folder, "tensorflow");
    mkdirSync(join(from, "include", "tensorflow", "c"), { recursive: true });
    writeFileSync(join(from, "include", "tensorflow", "c", "c_api.h"), "");
    for (const name of names) writeFileSync(join(from, name), "");
    return from;
  }

  it("refuses libraries that nobody vouches for, with their hash, before it fetches or compiles anything", async () => {
    const from = tensorflowFolder();
    for (const sha256 of [undefined, [], ["0".repeat(64)]]) {
      await expect(computer.install({ from, sha256 })).rejects.toThrow(
        `${join(from, names[0])} has the sha256 ${hashOfNothing}. ${join(from, names[1])} has the sha256 ` +
          `${hashOfNothing}. That is not from a pinned TensorFlow. If you`,
      );
    }
    expect(computer.calls()).toEqual([]);
    expect(computer.left()).toEqual([]);
  });

  it("takes the libraries of a pinned release without being told their hash", async () => {
    const from = tensorflowFolder();
    const [wheel] = computer.pins.wheels.native[platform]!;
    const contents = Object.fromEntries(names.map((name) => [name, hashOfNothing]));
    const wheels = { ...computer.pins.wheels, native: { [platform]: [{ ...wheel!, contents }] } };
    const report = await computer.install({ from, pins: { ...computer.pins, wheels } });
    expect(report.origin.linked).toEqual(
      Object.fromEntries(names.map((name) => [join(from, name), hashOfNothing])),
    );
  });

  it("refuses a library that other users can change", async () => {
    const from = tensorflowFolder();
    chmodSync(join(from, names[1]), 0o666);
    await expect(computer.install({ from, sha256: [hashOfNothing] })).rejects.toThrow(
      `Every user of this computer can change ${join(from, names[1])}. Forbid it: chmod o-w`,
    );
  });

  it("checks a folder again when one of its libraries has changed", async () => {
    const from = tensorflowFolder();
    await computer.install({ from, sha256: [hashOfNothing] });
    writeFileSync(join(from, names[0]), "another");
    await expect(computer.install({ from, sha256: [hashOfNothing] })).rejects.toThrow(
      "That is not from a pinned TensorFlow.",
    );
    expect(computer.left()).toEqual(["native"]);
  });

  it("names what the folder lacks", async () => {
    const from = join(computer.folder, "tensorflow");
    mkdirSync(from);
    await expect(computer.install({ from })).rejects.toThrow(
      `while looking into ${from} for TensorFlow. It lacks libtensorflow_cc.so.2 and libtensorflow_framework.so.2, ` +
        `in ${from} or ${join(from, "lib")}.`,
    );
    for (const name of ["libtensorflow_cc.so.2", "libtensorflow_framework.so.2"])
      writeFileSync(join(from, name), "");
    await expect(computer.install({ from })).rejects.toThrow(
      `It lacks ${join(from, "include", "tensorflow", "c", "c_api.h")}.`,
    );
    expect(computer.left()).toEqual([]);
  });

  it("links its libraries, looks for them there when it is loaded, and needs neither Python nor pip", async () => {
    const from = tensorflowFolder();
    computer.tool("python3", null);
    const report = await computer.install({ from, sha256: [hashOfNothing] });
    expect(report.origin).toMatchObject({ kind: "built", against: from, from });
    const compilations = computer.calls().filter((call) => call.includes("-shared"));
    expect(compilations).toHaveLength(2);
    for (const call of compilations) {
      expect(call).toContain(`-Wl,-rpath,${from} -Wl,-rpath,$ORIGIN/../../deps/lib`);
    }
    expect((await computer.install({ from })).action).toBe("unchanged");
    expect((await computer.install()).action).toBe("unchanged");
    await expect(computer.install({ from: join(computer.folder, "other") })).rejects.toThrow("It lacks");
  });
});
