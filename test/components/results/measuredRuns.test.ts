import type { MeasuredGroup } from "../../../src/pageData/results.js";
import "../../dom.js";

import { describe, expect, it } from "vitest";
import { lossCurve } from "../../../src/components/results/lossCurve.js";
import { measuredRuns } from "../../../src/components/results/measuredRuns.js";

const curve = [
  { imagesSeen: 0, loss: 4, classLoss: 0, boxLoss: 4 },
  { imagesSeen: 500, loss: 2, classLoss: 0, boxLoss: 2 },
  { imagesSeen: 1000, loss: 1.5, classLoss: 0, boxLoss: 1.5 },
];
const table = (words: string): HTMLElement => {
  const element = document.createElement("table");
  element.textContent = words;
  return element;
};
const group: Pick<MeasuredGroup, "id" | "title" | "details"> = {
  id: "things-val",
  title: "Things, val",
  details: [{ id: "a-1", title: "Study A", facts: [["Seed", "1"]], curve, command: "spinenet train a" }],
};

describe("measuredRuns(groups, options)", () => {
  it("gives the command of each study that nobody has run yet", () => {
    const section = measuredRuns([], {
      tables: () => [],
      missing: [{ title: "A", command: "spinenet reproduce" }],
    });
    expect(section.querySelector("pre")?.textContent).toBe("spinenet reproduce");
  });

  it("shows a group's tables, and each run's facts, curve and command", () => {
    const section = measuredRuns([group], {
      tables: (id) => [table(`${id}, networks`), table(`${id}, runs`)],
    });
    expect(section.querySelector("h3")?.textContent).toBe("Things, val");
    expect([...section.querySelectorAll("table")].map(({ textContent }) => textContent)).toEqual([
      "things-val, networks",
      "things-val, runs",
    ]);
    expect(section.querySelector("dl")?.textContent).toBe("Seed1");
    expect(section.querySelector("pre")?.textContent).toBe("spinenet train a");
    expect(section.querySelectorAll(".loss-curve")).toHaveLength(1);
  });

  it("draws no curve for a run that did not train", () => {
    const [details] = group.details;
    const section = measuredRuns([{ ...group, details: [{ ...details!, curve: [] }] }], { tables: () => [] });
    expect(section.querySelectorAll(".loss-curve")).toHaveLength(0);
  });
});

describe("lossCurve(curve, options)", () => {
  it("runs from no image at the left to the last at the right, and says where the loss ended", () => {
    const svg = lossCurve(curve, { width: 280, height: 120, title: "Loss" });
    // Frame: 34 to 242 wide, 96 to 10 high, loss 0 to 4: 2 lies in the middle, at 53; 1.5 at 96 − 86 · 1.5 / 4.
    expect(svg.querySelector("path[stroke-width='1.5']")?.getAttribute("d")).toBe("M34,10L138,53L242,63.8");
    expect(svg.getAttribute("aria-label")).toBe("Loss: 1.50 at the end");
  });
});
