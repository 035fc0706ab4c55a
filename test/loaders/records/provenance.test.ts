import { execFileSync } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { commit, refuseChangedCode } from "../../../loaders/records/provenance.js";
import { dataFolder } from "../../../loaders/records/records.js";
import { skippedFor } from "../../skippedFor.js";

describe("a record's commit", () => {
  const changed = async () => ["src/a.ts", "loaders/b.ts"];

  it("is needed in the project's own data: files that differ from it are named", async () => {
    for (const out of [dataFolder, `${dataFolder}/`, join(dataFolder, "..", "data", "inner")]) {
      await expect(refuseChangedCode(out, changed)).rejects.toThrow(
        `The code differs from its commit (src/a.ts, loaders/b.ts), so no one could tell what made a record in ${dataFolder}. ` +
          "Commit or stash the changes, give another --out folder, or give --allow-changes.",
      );
    }
    const many = async () => ["1", "2", "3", "4", "5", "6", "7"];
    await expect(refuseChangedCode(dataFolder, many)).rejects.toThrow("(1, 2, 3, 4, 5 and 2 more)");
  });

  it("may be unclear in another folder, and unknown outside a checkout", async () => {
    await refuseChangedCode(`${dataFolder}-other`, changed);
    await refuseChangedCode(tmpdir(), changed);
    await refuseChangedCode(dataFolder, async () => []);
    await refuseChangedCode(dataFolder, async () => undefined);
  });

  let head = "";
  try {
    head = execFileSync("git", ["rev-parse", "HEAD"], { encoding: "utf8" }).trim();
  } catch {
    // Not a checkout.
  }
  it("is git's", skippedFor(head ? "" : "this is not a git checkout"), async () => {
    expect([head, `${head}, with changes`]).toContain(await commit());
  });
});
