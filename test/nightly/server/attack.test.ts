import { expect, test } from "vitest";
import { attack } from "./attack.js";

test("the server survives 600 hostile requests while its files are removed and rebuilt", async () => {
  const { breaches, statuses, after } = await attack({ seed: 1, runs: 600 });
  expect(after).toEqual([]);
  expect(breaches).toEqual([]);
  // The attack gets far: files, parts of files, what is missing, and each way of being refused.
  for (const status of [200, 206, 400, 404, 405, 416, 421])
    expect(statuses.get(status), `${status}`).toBeGreaterThan(0);
});
