import "../dom.js";

import { expect, test } from "vitest";
import { formula } from "../../src/components/formula.js";

test("a formula is MathML, in a line or on its own", () => {
  const inline = formula("\\frac{a}{b}");
  expect(inline.tagName).toBe("SPAN");
  expect(inline.querySelector("math mfrac")).not.toBeNull();
  expect(formula("a", { display: true }).querySelector("math")!.getAttribute("display")).toBe("block");
  expect(formula("a", { label: "A" }).querySelector("math")!.getAttribute("aria-label")).toBe("A");
});

test("what is no TeX is refused", () => {
  expect(() => formula("\\frac{a}")).toThrow();
});
