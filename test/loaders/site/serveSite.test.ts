import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { assertPortFree, portFrom, type ServedSite, serveSite } from "../../../loaders/site/serveSite.js";

let folder: string;
let site: ServedSite;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "spinenet-serve-"));
  await writeFile(join(folder, "index.html"), "first");
  await writeFile(join(folder, "results.html"), "results");
  await writeFile(join(folder, "404.html"), "no such page");
  site = await serveSite(folder, 0);
});

afterAll(async () => {
  await site.close();
  await rm(folder, { recursive: true });
});

test("a page is served by its name without an ending, isolated from other origins", async () => {
  const answer = await fetch(`${site.url}/results`);
  expect(await answer.text()).toBe("results");
  expect(answer.headers.get("cross-origin-opener-policy")).toBe("same-origin");
  expect(answer.headers.get("cross-origin-embedder-policy")).toBe("require-corp");
});

test("what does not exist is answered 404 with the site's own page", async () => {
  const answer = await fetch(`${site.url}/nothing.js`);
  expect(answer.status).toBe(404);
  expect(await answer.text()).toBe("no such page");
});

test("a taken port is refused by name, with the way out", async () => {
  const taken = Number(new URL(site.url).port);
  await expect(assertPortFree(taken)).rejects.toThrow(`Port ${taken} is in use`);
  await expect(serveSite(folder, taken)).rejects.toThrow(/PORT=\d+ npm start/);
});

test("PORT is 3000 unless it names another", () => {
  expect(portFrom(undefined)).toBe(3000);
  expect(portFrom("")).toBe(3000);
  expect(portFrom("8080")).toBe(8080);
});

test.each(["0", "65536", "80a", "-1", "3e3", " 80"])("PORT=%j is refused", (value) => {
  expect(() => portFrom(value)).toThrow(`PORT is "${value}"`);
});
