import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  begin,
  type History,
  record,
  redo,
  undo,
} from "../../../../src/components/permute/session/history.js";

describe("a history", () => {
  it("goes back and forward again", () => {
    const three = record(record(begin("a"), "b"), "c");
    expect(undo(undo(three)).present).toBe("a");
    expect(redo(undo(three))).toEqual(three);
    expect(undo(undo(undo(three))).present).toBe("a");
    expect(redo(three)).toBe(three);
  });

  it("forgets what was undone once something else is done", () => {
    const other = record(undo(record(begin("a"), "b")), "c");
    expect(other).toEqual({ past: ["a"], present: "c", future: [] });
  });

  it("keeps two hundred steps", () => {
    let history: History<number> = begin(0);
    for (let step = 1; step <= 300; step++) history = record(history, step);
    expect(history.past).toHaveLength(200);
    expect(history.past[0]).toBe(100);
  });

  it("ends where a list with a pointer in it would, after any steps", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom("do", "undo", "redo"), { maxLength: 60 }), (steps) => {
        let history: History<number> = begin(0);
        const states = [0];
        let at = 0;
        steps.forEach((step, index) => {
          if (step === "do") {
            history = record(history, index + 1);
            states.splice(++at, states.length, index + 1);
          } else if (step === "undo") {
            history = undo(history);
            at = Math.max(0, at - 1);
          } else {
            history = redo(history);
            at = Math.min(states.length - 1, at + 1);
          }
          expect(history.present).toBe(states[at]);
        });
        expect([...history.past, history.present, ...history.future]).toEqual(states);
      }),
    );
  });
});
