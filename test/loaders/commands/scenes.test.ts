import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { main } from "../../../loaders/cli.js";

let room = "";
beforeAll(async () => {
  room = await mkdtemp(join(tmpdir(), "scenes-"));
});
afterAll(() => rm(room, { recursive: true, force: true }));

test("scenes writes a folder with both splits", async () => {
  const out = join(room, "scenes");
  expect(
    await main(["scenes", "--out", out, "--count", "2", "--val", "1", "--size", "64", "--seed", "4"]),
  ).toBe(0);
  expect((await readdir(join(out, "train"))).sort()).toEqual(["000001.png", "000002.png"]);
  expect(await readdir(join(out, "val"))).toEqual(["000001.png"]);
  const { categories } = JSON.parse(await readFile(join(out, "annotations", "instances_val.json"), "utf8"));
  expect(categories[0]).toEqual({ id: 1, name: "red apple" });
});

test("scenes exits with 1 where it cannot write and with 2 on bad usage", async () => {
  const errors = vi.spyOn(process.stderr, "write").mockReturnValue(true);
  expect(await main(["scenes", "--out", room, "--count", "1", "--val", "1", "--size", "64"])).toBe(1);
  expect(errors.mock.calls.join("")).toContain("not empty");
  expect(await main(["scenes", "--count", "2"])).toBe(2);
  expect(await main(["scenes", "--out", join(room, "other"), "--count", "-2"])).toBe(2);
  errors.mockRestore();
});
