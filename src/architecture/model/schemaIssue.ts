import * as v from "valibot";
import { shownText } from "../../text/shownText.js";

/**
 * A schema's first complaint as a sentence of the house: which field, what was found and what would be right.
 *
 * @example "backbone.repeats: is 0; expected 1 or more."
 */
export function issueSentence(issues: readonly [v.BaseIssue<unknown>, ...v.BaseIssue<unknown>[]]): string {
  const [issue] = issues;
  const where = shownPath(issue);
  // Where a value is of one of several kinds, what is wrong within it says more than that it is of none.
  const within = issue.issues?.find(({ path }) => path !== undefined);
  if (within) return `${where === null ? "" : `${where}.`}${shownPath(within)}: ${complaintOf(within)}`;
  return `${where ?? "the top level"}: ${complaintOf(issue)}`;
}

/** Where an issue is; a file's own keys may be of any length. */
function shownPath(issue: v.BaseIssue<unknown>): string | null {
  const path = v.getDotPath(issue);
  return path === null ? null : shownText(path);
}

/** The sentence without its field: what was found and what would be right. */
export function complaintOf(issue: v.BaseIssue<unknown>): string {
  // A message of the schema's own says what would be right better than its rule does.
  if (!issue.message.startsWith("Invalid ")) return issue.message;
  const { type, expected, received } = issue;
  if (expected === "never") return "unknown field; correct its name or leave it out.";
  if (type === "strict_object" && received === "undefined") return "missing, but required.";
  const found = received === "undefined" ? "missing" : `is ${shownText(readable(received))}`;
  if (type === "integer" || type === "safe_integer") {
    const exactly = Number.isInteger(issue.input) ? ` of at most ${Number.MAX_SAFE_INTEGER}` : "";
    return `${found}; expected a whole number${exactly}.`;
  }
  if (type === "finite") return `${found}; expected a finite number.`;
  if (expected === null) return `${found}; expected another value.`;
  if (type === "regex") return `${found}; expected text that matches ${expected}.`;
  if (type.endsWith("length")) return `has length ${received}; expected ${bound(expected)}.`;
  return `${found}; expected ${alternatives(expected).map(bound).map(readable).join(" or ")}.`;
}

/** The library writes a choice as ("a" | "b"). */
function alternatives(expected: string): string[] {
  return expected.startsWith("(") ? expected.slice(1, -1).split(" | ") : [expected];
}

function bound(expected: string): string {
  const [, sign, limit] = /^(>=|<=|>|<)(.+)$/.exec(expected) ?? [];
  if (sign === ">=") return `${limit} or more`;
  if (sign === "<=") return `${limit} or less`;
  if (sign === ">") return `more than ${limit}`;
  if (sign === "<") return `less than ${limit}`;
  return expected;
}

const typeNames: Readonly<Record<string, string>> = {
  Object: "an object",
  Array: "an array",
  string: "text",
  number: "a number",
  boolean: "true or false",
};

function readable(value: string): string {
  return Object.hasOwn(typeNames, value) ? typeNames[value]! : value;
}
