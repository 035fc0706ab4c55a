import { createServer, type Server } from "node:http";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { skippedFor } from "../../../skippedFor.js";
import { type FakeComputer, fakeComputer, rightSelfTest, type SelfTest } from "./fakeComputer.js";

let computer: FakeComputer;
let server: Server;
let status: number;
beforeEach(async () => {
  computer = fakeComputer();
  status = 200;
  server = createServer((_, response) => {
    response.statusCode = status;
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  vi.stubEnv("TFJS_NODE_CDN_STORAGE", `http://127.0.0.1:${address.port}/`);
  for (const name of ["HTTPS_PROXY", "https_proxy"]) vi.stubEnv(name, undefined);
});
afterEach(async () => {
  computer.remove();
  await new Promise((resolve) => server.close(resolve));
});

/** An npm that installs what the makers publish, or else packs what a build needs. */
function npmThatInstalls(script: string): string {
  return `
    if [ "$1" = install ]; then
      package=node_modules/@tensorflow/tfjs-node
      mkdir -p $package/lib/napi-v8 $package/deps/lib $package/dist
      ${script}
      exit
    fi
    while [ "$1" != --pack-destination ]; do shift; done
    cp "${computer.folder}/files/$(echo "\${3%@*}" | tr / _).tgz" "$2"`;
}

const published = "touch $package/dist/index.js $package/lib/napi-v8/tfjs_binding.node";

async function installed(selfTest: SelfTest = rightSelfTest) {
  const steps: string[] = [];
  const progress = { step: (text: string) => steps.push(text), bytes: () => {} };
  const report = await computer.install({ build: false, progress, selfTest });
  return { kind: report.origin.kind, said: steps.find((step) => step.startsWith("The published")) };
}

const platform = `${process.platform}-${process.arch}`;
const elsewhere = platform === "linux-x64" ? "" : `they are for linux-x64, and this is ${platform}`;

describe("the published binaries", skippedFor(elsewhere), () => {
  it("are taken where they can be had and compute rightly, with no compiler and no Python", async () => {
    computer.tool("npm", npmThatInstalls(published));
    computer.tool("g++", null);
    computer.tool("python3", null);
    expect(await installed()).toEqual({ kind: "published", said: undefined });
    expect(computer.left()).toEqual(["native"]);
    expect((await computer.install({ build: false })).action).toBe("unchanged");
    await expect(computer.install({ build: true })).rejects.toThrow("There is no g++");
  });

  it.each([
    [
      "answers that they are not there",
      async () => {
        status = 404;
      },
      /^The published binaries will not do \(127\.0\.0\.1:\d+ answers 404\)/,
    ],
    [
      "cannot be reached",
      () => new Promise((resolve) => server.close(resolve)),
      /^The published binaries will not do \(127\.0\.0\.1:\d+ cannot be reached\)/,
    ],
  ])("give way to a build where their host %s, before npm fetches anything", async (_, spoil, said) => {
    await spoil();
    const outcome = await installed();
    expect(outcome.kind).toBe("built");
    expect(outcome.said).toMatch(said);
    expect(computer.calls().filter((call) => call.startsWith("npm install"))).toEqual([]);
  });

  it.each([
    ["npm fails to install", 'echo "npm error code 1" >&2; exit 1', "“npm error code 1”"],
    ["npm installs without an add-on", "true", "npm installed it without its binary"],
  ])("give way to a build where they are what %s", async (_, script, said) => {
    computer.tool("npm", npmThatInstalls(script));
    const outcome = await installed();
    expect(outcome.kind).toBe("built");
    expect(outcome.said).toContain(said);
  });

  it("give way to a build where they do not pass the self-test", async () => {
    computer.tool("npm", npmThatInstalls(published));
    let tests = 0;
    const outcome = await installed(() =>
      tests++ === 0
        ? Promise.reject(new Error("Its process ended early (SIGILL)."))
        : Promise.resolve({ versions: {}, results: [] }),
    );
    expect(outcome.kind).toBe("built");
    expect(outcome.said).toContain("Its process ended early (SIGILL).");
    expect(tests).toBe(2);
  });
});
