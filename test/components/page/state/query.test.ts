import { describe, expect, it } from "vitest";
import { choice, text, wholeNumber } from "../../../../src/components/page/state/parameter.js";
import { queryCodec, withParameters } from "../../../../src/components/page/state/query.js";

interface State {
  readonly count: number;
  readonly colour: "red" | "blue";
  readonly name: string | null;
}

const form = queryCodec<State>(
  { count: 3, colour: "red", name: null },
  {
    count: wholeNumber("n", { from: 1, to: 9 }),
    colour: choice("colour", ["red", "blue"]),
    name: text("name"),
  },
);

describe("queryCodec(usual, parameters)", () => {
  it("reads what the query says, and the rest as usual", () => {
    expect(form.read("?name=&n=4&x=1")).toEqual({
      state: { count: 4, colour: "red", name: "" },
      problems: [],
    });
  });

  it("takes the usual value for a text that means nothing, and says so with the text's first 79 letters", () => {
    expect(form.read(`?n=10&colour=${"g".repeat(81)}`)).toEqual({
      state: { count: 3, colour: "red", name: null },
      problems: [
        "The page's address says n=10; it should be a whole number from 1 to 9. 3 is taken.",
        `The page's address says colour=${"g".repeat(79)}…; it should be red or blue. red is taken.`,
      ],
    });
  });

  it("writes what is not usual, where it was before, and leaves parameters of others as they are", () => {
    expect(form.write("?n=4&x=1&colour=blue", { count: 5, colour: "red", name: "a b" })).toBe(
      "?n=5&x=1&name=a+b",
    );
    expect(form.write("?n=4", { count: 3, colour: "red", name: null })).toBe("");
  });
});

describe("withParameters(query, texts)", () => {
  it("sets some parameters and removes those that are null", () => {
    expect(withParameters("?a=1&b=2", { a: null, c: "3" })).toBe("?b=2&c=3");
  });
});
