import "../dom.js";
import { describe, expect, it } from "vitest";
import { headlines } from "../../src/components/headlines.js";

const number = { value: "+2.4 AP", label: "one against another", source: "arXiv:1912.05027v3, Table 2" };

describe("the numbers in large type", () => {
  it("lead to their source, and are described by it", () => {
    const list = headlines([number]);
    const link = list.querySelector("a")!;
    expect(link.textContent).toBe("+2.4 AP");
    expect(link.getAttribute("href")).toBe("https://arxiv.org/abs/1912.05027v3");
    expect(list.querySelector(`#${link.getAttribute("aria-describedby")}`)?.textContent).toBe(number.source);
  });

  it("lead nowhere where the source has no address, and still name it", () => {
    const list = headlines([{ ...number, source: "a letter" }]);
    expect(list.querySelector("a")).toBeNull();
    expect(list.textContent).toBe("+2.4 APone against anothera letter");
  });
});
