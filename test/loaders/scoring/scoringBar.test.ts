import { afterEach, describe, expect, it, vi } from "vitest";
import { ScoringBar } from "../../../loaders/scoring/scoringBar.js";

describe("ScoringBar", () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it("says nothing where standard error is no terminal", async () => {
    const write = vi.spyOn(process.stderr, "write").mockReturnValue(true);
    const bar = await ScoringBar.create();
    bar.begin("reading a.json");
    bar.update(0.5);
    bar.stop();
    expect(write).not.toHaveBeenCalled();
  });
});
