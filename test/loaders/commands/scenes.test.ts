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

test("scenes writes a fifth as many images to validate on, at least one, where no number is given", async () => {
  // 3 / 5 = 0.6 and 7 / 5 = 1.4 round to 1, 8 / 5 = 1.6 to 2; 1 / 5 = 0.2 to 0, of which 1 is made.
  for (const [count, validation] of [
    [1, 1],
    [3, 1],
    [7, 1],
    [8, 2],
  ]) {
    const out = join(room, `fifth-of-${count}`);
    expect(await main(["scenes", "--out", out, "--count", `${count}`, "--size", "64"])).toBe(0);
    expect(await readdir(join(out, "val"))).toHaveLength(validation!);
  }
});

test("scenes exits with 1 where it cannot write and with 2 on bad usage", async () => {
  const errors = vi.spyOn(process.stderr, "write").mockReturnValue(true);
  expect(await main(["scenes", "--out", room, "--count", "1", "--val", "1", "--size", "64"])).toBe(1);
  expect(errors.mock.calls.join("")).toContain("not empty");
  expect(await main(["scenes", "--count", "2"])).toBe(2);
  expect(await main(["scenes", "--out", join(room, "other"), "--count", "-2"])).toBe(2);
  errors.mockRestore();
});
