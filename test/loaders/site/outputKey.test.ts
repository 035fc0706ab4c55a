import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import {
  dropStaleOutputs,
  forgetOutputKey,
  outputKey,
  rememberOutputKey,
} from "../../../loaders/site/outputKey.js";

let project: string;
let output: string;

beforeEach(async () => {
  project = await mkdtemp(join(tmpdir(), "spinenet-key-"));
  await mkdir(join(project, "loaders", "site"), { recursive: true });
  await mkdir(join(project, "src", "components"), { recursive: true });
  await mkdir(join(project, "src", ".observablehq", "cache", "data"), { recursive: true });
  await writeFile(join(project, "loaders", "site", "a.ts"), "1");
  output = join(project, "src", ".observablehq", "cache", "data", "a.json");
  await writeFile(output, "{}");
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(project, { recursive: true });
});

test("the key changes with the content and the name of what loaders are made of, not with its time", async () => {
  const key = await outputKey(project);
  await utimes(join(project, "loaders", "site", "a.ts"), 0, 0);
  expect(await outputKey(project)).toBe(key);
  await writeFile(join(project, "loaders", "site", "a.ts"), "2");
  const edited = await outputKey(project);
  expect(edited).not.toBe(key);
  await rm(join(project, "loaders", "site", "a.ts"));
  await writeFile(join(project, "loaders", "site", "b.ts"), "2");
  expect(await outputKey(project)).not.toBe(edited);
});

test("the key does not change with components, and does with the settings of the environment", async () => {
  const key = await outputKey(project);
  await writeFile(join(project, "src", "components", "figure.ts"), "1");
  expect(await outputKey(project)).toBe(key);
  vi.stubEnv("SPINENET_TIER", "small");
  expect(await outputKey(project)).not.toBe(key);
});

test("the key does not change while a run holds its lock", async () => {
  const key = await outputKey(project);
  await mkdir(join(project, "data", "runs"), { recursive: true });
  await writeFile(join(project, "data", "runs", ".tiny-seed1.lock"), "{}");
  expect(await outputKey(project)).toBe(key);
  await writeFile(join(project, "data", "runs", "tiny-seed1.json"), "{}");
  expect(await outputKey(project)).not.toBe(key);
});

test("outputs are kept only while the remembered key is theirs", async () => {
  const root = join(project, "src");
  await rememberOutputKey(root, "one");
  expect(await dropStaleOutputs(root, "one")).toBe(true);
  expect(existsSync(output)).toBe(true);
  expect(await dropStaleOutputs(root, "two")).toBe(false);
  expect(existsSync(output)).toBe(false);
});

test("outputs whose key was forgotten are dropped", async () => {
  const root = join(project, "src");
  await rememberOutputKey(root, "one");
  await forgetOutputKey(root);
  expect(await dropStaleOutputs(root, "one")).toBe(false);
  expect(existsSync(output)).toBe(false);
});
