import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cardPlace } from "../../../src/components/page/cardPlace.js";

const window = { width: 390, height: 844 };
const card = { width: 360, height: 120 };

describe("the place of a card", () => {
  it("is under its word, in line with it", () => {
    const word = { left: 12, top: 100, width: 60, height: 20 };
    // 100 + 20 + 6
    expect(cardPlace(word, card, window)).toEqual({ left: 12, top: 126 });
  });

  it("is moved in where the window ends", () => {
    const word = { left: 300, top: 100, width: 60, height: 20 };
    // 390 − 10 − 360
    expect(cardPlace(word, card, window)).toEqual({ left: 20, top: 126 });
    expect(cardPlace({ ...word, left: -30 }, card, window).left).toBe(10);
  });

  it("is over its word at the window's foot, and under it where it fits on neither side", () => {
    const word = { left: 12, top: 780, width: 60, height: 20 };
    // 780 − 6 − 120
    expect(cardPlace(word, card, window)).toEqual({ left: 12, top: 654 });
    expect(cardPlace(word, { width: 360, height: 900 }, window).top).toBe(806);
  });

  it("never covers the word, and never leaves the window sideways where the card is narrower", () => {
    const lengths = fc.integer({ min: 0, max: 800 });
    fc.assert(
      fc.property(lengths, lengths, fc.integer({ min: 1, max: 370 }), lengths, (left, top, width, height) => {
        const word = { left, top, width: 50, height: 20 };
        const place = cardPlace(word, { width, height }, window);
        expect(place.top >= top + 20 || place.top + height <= top).toBe(true);
        expect(place.left).toBeGreaterThanOrEqual(10);
        expect(place.left + width).toBeLessThanOrEqual(380);
      }),
    );
  });
});
