import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { vi } from "vitest";
import {
  type InstallReport,
  type InstallRequest,
  installEngine,
} from "../../../../loaders/engine/install/installEngine.js";
import type { NpmPackage, Pins } from "../../../../loaders/engine/install/pins.js";
import type { SelfTestReport } from "../../../../loaders/engine/selfTest/run.js";

/** A computer whose only tools are scripts that a test may replace. */
export interface FakeComputer {
  /** The engine home. */
  readonly home: string;
  /** A folder for whatever a test needs besides. */
  readonly folder: string;
  readonly pins: Pins;
  /** Puts a shell script on the PATH; null takes the tool away. */
  tool(name: string, script: string | null): void;
  /** The calls of tools so far, each a line of its name and parameters. */
  calls(): string[];
  /** What lies in the engine home. */
  left(): string[];
  install(request?: Partial<InstallRequest> & { pins?: Pins; selfTest?: SelfTest }): Promise<InstallReport>;
  remove(): void;
}

type SelfTest = () => Promise<SelfTestReport>;

const rightSelfTest: SelfTest = async () => ({ versions: { tensorflow: "0.0.0" }, results: [] });

export const platform = `${process.platform}-${process.arch}`;

/** Where a script copies its `--dest`, and which the file after `-o` is. */
const scripts = (files: string) => ({
  npm: `
    while [ "$1" != --pack-destination ]; do shift; done
    name=$(echo "\${3%@*}" | tr / _)
    cp "${files}/$name.tgz" "$2"`,
  python3: `
    case "$*" in
      *"pip download"*) while [ "$1" != --dest ]; do shift; done; cp ${files}/*.whl "$2";;
      *unpackWheel.py*) mkdir -p "$3/lib" "$3/include"
        touch "$3/lib/libtensorflow_cc.so.2" "$3/lib/libtensorflow_framework.so.2";;
    esac`,
  "g++": `
    if [ "$1" = --version ]; then echo "g++ 0.0.0, a fake"; exit; fi
    while [ "$1" != -o ]; do shift; done
    echo compiled > "$2"`,
  tar: 'exec tar "$@"',
});

export function fakeComputer(): FakeComputer {
  const folder = mkdtempSync(join(tmpdir(), "spinenet-install-"));
  const [bin, files, home, calls] = ["bin", "files", "home", "calls"].map((name) => join(folder, name));
  for (const each of [bin!, files!]) mkdirSync(each);
  const tool: FakeComputer["tool"] = (name, script) => {
    const file = join(bin!, name);
    if (script === null) {
      rmSync(file);
      return;
    }
    writeFileSync(
      file,
      `#!/bin/sh\necho "${name} $*" >> "${calls}"\nPATH=/usr/local/bin:/usr/bin:/bin\n${script}\n`,
    );
    chmodSync(file, 0o755);
  };
  for (const [name, script] of Object.entries(scripts(files!))) tool(name, script);
  const pins = fakePins(files!);
  vi.stubEnv("PATH", bin);
  vi.stubEnv("SPINENET_ENGINE_HOME", home);
  for (const name of ["npm_execpath", "PYTHON", "CXX"]) vi.stubEnv(name, undefined);
  return {
    home: home!,
    folder,
    pins,
    tool,
    calls: () => (existsSync(calls!) ? readFileSync(calls!, "utf8").trim().split("\n") : []),
    left: () => (existsSync(home!) ? readdirSync(home!).sort() : []),
    install: ({ pins: others, selfTest, ...request } = {}) =>
      installEngine(
        { name: "native", progress: { step: () => {}, bytes: () => {} }, ...request },
        { pins: others ?? pins, selfTest: selfTest ?? rightSelfTest },
      ),
    remove: () => {
      vi.unstubAllEnvs();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function fakePins(files: string): Pins {
  const npmPackage = (name: string, ...contents: readonly string[]): NpmPackage => {
    const root = join(files, "package");
    for (const content of ["package.json", ...contents]) {
      mkdirSync(join(root, content, ".."), { recursive: true });
      writeFileSync(join(root, content), JSON.stringify({ name }));
    }
    const tarball = join(files, `${name.replaceAll("/", "_")}.tgz`);
    execFileSync("tar", ["-czf", tarball, "-C", files, "package"]);
    rmSync(root, { recursive: true });
    const hash = createHash("sha512").update(readFileSync(tarball)).digest("base64");
    return { name, version: "1.0.0", integrity: `sha512-${hash}` };
  };
  writeFileSync(join(files, "tensorflow.whl"), "a wheel");
  const wheel = {
    name: "tensorflow",
    version: "0.0.0",
    sha256: createHash("sha256").update("a wheel").digest("hex"),
    bytes: 7,
  };
  return {
    tfjsNode: npmPackage("@tensorflow/tfjs-node", "dist/index.js"),
    tfjsNodeModules: [npmPackage("progress")],
    nodeApiHeaders: npmPackage("node-api-headers", "include/node_api.h"),
    wheels: {
      native: { [platform]: [wheel] },
      gpu: { [platform]: [{ ...wheel, libraries: ["libcudart.so.12", "libcudnn.so.9"] }] },
    },
  };
}
