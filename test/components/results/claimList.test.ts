import type { ClaimReading } from "../../../src/pageData/results.js";
import "../../dom.js";

import { describe, expect, it } from "vitest";
import { claimList } from "../../../src/components/results/claimList.js";

const reading: ClaimReading = {
  claim: "10% fewer FLOPs",
  quantity: "multiply-adds, billions",
  model: "S",
  value: 85.4,
  against: "R",
  againstValue: 95.2,
  difference: -9.8,
  differencePercent: -10.3,
  verdict: "Holds against R.",
  source: "arXiv:1912.05027v3, Table 3",
};

describe("claimList(readings)", () => {
  it("quotes each claim once, with its readings below", () => {
    const list = claimList([reading, { ...reading, against: "Q" }, { ...reading, claim: "52.1 AP" }]);
    expect([...list.querySelectorAll("q")].map(({ textContent }) => textContent)).toEqual([
      "10% fewer FLOPs",
      "52.1 AP",
    ]);
    expect([...list.children].map((item) => item.querySelectorAll("li").length)).toEqual([2, 1]);
  });

  it("says the difference, what it holds of, both numbers, and where they stand", () => {
    const line = claimList([reading]).querySelector("li li")!;
    expect(line.textContent).toBe(
      "−9.8 (−10.3%) Holds against R. Multiply-adds, billions: S 85.4, R 95.2. arXiv:1912.05027v3, Table 3",
    );
    expect(line.querySelector("a")?.getAttribute("href")).toBe("https://arxiv.org/abs/1912.05027v3");
  });

  it("shows the number itself where it is held against nothing", () => {
    const alone = {
      ...reading,
      against: null,
      againstValue: null,
      difference: null,
      differencePercent: null,
    };
    expect(claimList([alone]).querySelector("li li")?.textContent).toMatch(
      /^85\.4 Holds against R\. Multiply-adds, billions: S 85\.4\. arXiv/,
    );
  });
});
