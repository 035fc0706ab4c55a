import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { shownMessage, shownText } from "../../src/text/shownText.js";

describe("shownText", () => {
  it("leaves a name as it is, in any script", () => {
    for (const name of ["traffic light", "自行车", "naïve", "👩‍👩‍👧", "می‌خواهم"])
      expect(shownText(name)).toBe(name);
  });

  it("leaves out control characters, and what reverses the direction of the text after it", () => {
    expect(shownText("a\u0000b\u001b[31mc\u009bd\u007f")).toBe("ab[31mcd");
    expect(shownText("photo\u202egnp.exe")).toBe("photognp.exe");
  });

  it("puts a name on one line", () => {
    expect(shownText("two\r\n  lines\tand a tab ")).toBe("two lines and a tab");
  });

  it("leaves out halves of surrogate pairs", () => {
    expect(shownText("a\ud800b\udc00c")).toBe("abc");
  });

  it("cuts a long name, counting letters outside the first plane as one", () => {
    expect(shownText("x".repeat(20_000))).toBe(`${"x".repeat(79)}…`);
    expect(shownText("x".repeat(80))).toBe("x".repeat(80));
    expect(shownText("🚤🚤🚤🚤", 3)).toBe("🚤🚤…");
  });

  it("shows no more letters than it may, and says so where it cut", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "binary", maxLength: 150 }),
        fc.integer({ min: 2, max: 60 }),
        (text, most) => {
          const shown = shownText(text, most);
          expect([...shown].length).toBeLessThanOrEqual(most);
          expect(shown).not.toMatch(/[\p{Cc}\p{Cs}]/u);
        },
      ),
    );
  });
});

describe("shownMessage", () => {
  it("keeps lines, and leaves out what moves a terminal's cursor", () => {
    expect(shownMessage("one\n\u001b[2Jtwo\u0007")).toBe("one\n[2Jtwo");
  });

  it("ends a message that is longer than a screen", () => {
    expect(shownMessage("x".repeat(1e6))).toBe(`${"x".repeat(4000)}…`);
  });
});
