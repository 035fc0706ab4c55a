import { describe, expect, it } from "vitest";
import { statsCsv } from "../../../loaders/scoring/statsReport.js";

const stats = [0.1 + 0.2, 1, -1, 0, 0, 0, 0, 0, 0, 0, 0, 0.5];

describe("statsCsv", () => {
  it("keeps every digit, and names recalls by how many detections count", () => {
    expect(statsCsv(stats, [1, 10, 300])).toEqual([
      "AP,AP50,AP75,APs,APm,APl,AR1,AR10,AR300,ARs,ARm,ARl",
      "0.30000000000000004,1,-1,0,0,0,0,0,0,0,0,0.5",
    ]);
  });
});
