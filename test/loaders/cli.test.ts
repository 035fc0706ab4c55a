import { readFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { main } from "../../loaders/cli.js";

describe("main", () => {
  let out = "";
  let err = "";
  beforeEach(() => {
    out = "";
    err = "";
    vi.spyOn(process.stdout, "write").mockImplementation((text) => {
      out += String(text);
      return true;
    });
    vi.spyOn(process.stderr, "write").mockImplementation((text) => {
      err += String(text);
      return true;
    });
  });
  afterEach(() => {
    vi.restoreAllMocks();
    vi.unstubAllEnvs();
  });

  it("prints the package's version", async () => {
    const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
    expect(await main(["--version"])).toBe(0);
    expect(out).toBe(`${version}\n`);
  });

  it("lists its commands, and helps with each", async () => {
    expect(await main(["--help"])).toBe(0);
    for (const command of [
      "bench",
      "describe",
      "engine",
      "scenes",
      "score",
      "train",
      "evaluate",
      "detect",
      "reproduce",
    ]) {
      expect(out).toMatch(new RegExp(`^  ${command} `, "m"));
    }
    expect(await main(["score", "--help"])).toBe(0);
    expect(out).toContain("--annotations <file>");
  });

  it.each([
    ["no command", [], "Usage: spinenet"],
    ["an unknown command", ["scroe"], "error: unknown command 'scroe'"],
    ["an unknown option", ["score", "--colour"], "error: "],
    [
      "a missing option",
      ["score", "--detections", "d.json"],
      "error: required option '--annotations <file>'",
    ],
    ["a hash that is none", ["engine", "install", "--from", ".", "--sha256", "abc"], "64 hexadecimal digits"],
    ["hashes of no folder", ["engine", "install", "--sha256", "0".repeat(64)], "name it by --from"],
  ])("exits 2 on %s, saying so on standard error", async (_, args, message) => {
    expect(await main(args)).toBe(2);
    expect(err).toContain(message);
    expect(out).toBe("");
  });

  const failing = ["score", "--annotations", "/nowhere/a.json", "--detections", "/nowhere/d.json"];
  it("exits 1 on a failure with the message alone", async () => {
    vi.stubEnv("DEBUG", "");
    expect(await main(failing)).toBe(1);
    expect(err).toBe("/nowhere/a.json: does not exist; check the path.\n");
    expect(out).toBe("");
  });

  it("shows where a failure came from when DEBUG is set", async () => {
    vi.stubEnv("DEBUG", "1");
    expect(await main(failing)).toBe(1);
    expect(err).toMatch(/^Error: \/nowhere\/a\.json: does not exist.*\n\s+at /);
  });
});
