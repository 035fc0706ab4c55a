import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { contentSecurityPolicy } from "../loaders/site/server/contentSecurityPolicy.js";

const security = readFileSync("SECURITY.md", "utf8");
const files = ["src", "loaders"]
  .flatMap((root) => readdirSync(root, { recursive: true, encoding: "utf8" }).map((file) => join(root, file)))
  .filter((file) => /\.(ts|md|js)$/.test(file) && !file.includes(".observablehq"));

/** The files whose code, comments aside, has a match. */
const filesWith = (pattern: RegExp): string[] =>
  files.filter((file) =>
    pattern.test(readFileSync(file, "utf8").replace(/\/\*.*?\*\/|(?<=^|\s)\/\/[^\n]*/gms, "")),
  );

describe("what SECURITY promises of the code", () => {
  it("is asked of all of it", () => {
    expect(files.length).toBeGreaterThan(400);
    expect(filesWith(/\bcontentSecurityPolicy\(/)).toContain(
      join("loaders", "site", "server", "answerRequest.ts"),
    );
  });

  it("holds: nothing is evaluated, and no module is loaded by a name from a file", () => {
    expect(
      filesWith(/\beval\(|\bnew Function\b|\bFunction\(|node:vm\b|\bset(?:Timeout|Interval)\(\s*["'`]/),
    ).toEqual([]);
    // Dawn, from the engine's folder.
    expect(filesWith(/\bimport\(\s*[^"'\s]/)).toEqual([join("loaders", "engine", "webgpu", "start.ts")]);
    // onnxruntime, a peer of `bench`, from where the engines or packages are.
    expect(filesWith(/\brequire\(\s*[^"'\s]/)).toEqual([join("loaders", "benchmark", "onnxContender.ts")]);
  });

  it("holds: nothing but the site's own files and, by fetch, checkpoints is fetched; only the site's server opens a port", () => {
    expect(filesWith(/(?<![.\w])fetch\((?!\):)|XMLHttpRequest|WebSocket|sendBeacon|EventSource/)).toEqual([
      join("src", "components", "live", "siteFiles.ts"),
      join("loaders", "fetch", "request.ts"),
    ]);
    expect(
      filesWith(/^import (?!type)[^;]*"(?:node:)?(?:https?|http2|net|tls|dgram|dns)(?:\/promises)?"/m),
    ).toEqual([join("loaders", "site", "serveSite.ts")]);
  });

  it("holds: only the command called fetch can reach the module that downloads", () => {
    const importers = (name: string) => filesWith(new RegExp(`["/]${name}\\.js"`));
    expect(importers("request")).toEqual(
      ["download", "fetchCheckpoint"].map((name) => join("loaders", "fetch", `${name}.ts`)),
    );
    expect(importers("fetchCheckpoint")).toEqual([join("loaders", "commands", "fetch.ts")]);
    expect(importers("download")).toEqual([join("loaders", "fetch", "fetchCheckpoint.ts")]);
  });

  it("has the policy that the server sends", () => {
    expect(security).toContain(`\n${contentSecurityPolicy()}\n`);
  });
});
