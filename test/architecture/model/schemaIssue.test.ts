import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { issueSentence } from "../../../src/architecture/model/schemaIssue.js";

const count = v.pipe(v.number(), v.integer(), v.minValue(1));
const share = v.pipe(v.number(), v.finite(), v.gtValue(0), v.ltValue(1), v.maxValue(0.5));
const schema = v.partial(
  v.strictObject({
    name: v.string(),
    id: v.pipe(v.string(), v.regex(/^[a-z]+$/, "use small letters")),
    count,
    share,
    sizes: v.pipe(v.array(count), v.minLength(1)),
    side: v.union([v.number(), v.tuple([v.number(), v.number()])]),
    kind: v.picklist(["fpn", "none"]),
    widths: v.record(v.pipe(v.string(), v.regex(/^[1-7]$/)), count),
    inner: v.strictObject({ kept: v.boolean() }),
  }),
);

function sentenceFor(value: unknown): string {
  const result = v.safeParse(schema, value);
  if (result.success) throw new Error("The schema has nothing against this.");
  return issueSentence(result.issues);
}

describe("issueSentence(issues)", () => {
  it.each([
    [null, "the top level: is null; expected an object."],
    [{ inner: {} }, "inner.kept: missing, but required."],
    [{ x: 1 }, "x: unknown field; correct its name or leave it out."],
    [{ name: {} }, "name: is an object; expected text."],
    [{ sizes: {} }, "sizes: is an object; expected an array."],
    [{ sizes: [] }, "sizes: has length 0; expected 1 or more."],
    [{ sizes: [2, "3"] }, 'sizes.1: is "3"; expected a number.'],
    [{ count: 0 }, "count: is 0; expected 1 or more."],
    [{ count: 1.5 }, "count: is 1.5; expected a whole number."],
    [{ share: Number.POSITIVE_INFINITY }, "share: is Infinity; expected a finite number."],
    [{ share: 0 }, "share: is 0; expected more than 0."],
    [{ share: 1 }, "share: is 1; expected less than 1."],
    [{ share: 0.7 }, "share: is 0.7; expected 0.5 or less."],
    [{ side: "big" }, 'side: is "big"; expected a number or an array.'],
    [{ side: [1] }, "side.1: missing; expected a number."],
    [{ kind: "bifpn" }, 'kind: is "bifpn"; expected "fpn" or "none".'],
    [{ id: "A" }, "id: use small letters"],
    [{ widths: { 8: 1 } }, 'widths.8: is "8"; expected text that matches /^[1-7]$/.'],
    [{ inner: { kept: "yes" } }, 'inner.kept: is "yes"; expected true or false.'],
    // The quotation mark and 79 letters are kept.
    [{ count: "a".repeat(200) }, `count: is "${"a".repeat(78)}…; expected a number.`],
  ])("says of %j: %s", (value, sentence) => {
    expect(sentenceFor(value)).toBe(sentence);
  });
});
