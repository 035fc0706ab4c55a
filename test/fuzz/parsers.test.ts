import { describe, expect, it } from "vitest";
import { parserChecks } from "./checks.js";
import { type ParserFailure, parserCheck, runCases } from "./parserCheck.js";

/** Few, since `npm run test:nightly` takes 20,000. */
const runs = 25;

describe("whatever they are given, parsers accept it or name what is wrong with it:", async () => {
  it.each((await parserChecks()).map((check) => [check.name, check] as const))("%s", async (_, check) => {
    const failures: ParserFailure[] = [];
    await runCases(check, 1, [0, runs], { failed: (failure) => failures.push(failure) });
    expect(failures).toEqual([]);
  });
});

describe("the check of a parser itself", () => {
  const failuresWith = async (parse: () => unknown) => {
    const failures: string[] = [];
    const [models] = (await parserChecks()).filter(({ name }) => name === "models");
    const check = parserCheck({ ...models!, parse });
    await runCases(check, 1, [0, 1], { failed: ({ error }) => failures.push(error.message) });
    return failures;
  };
  const refuse = (error: unknown) => () => {
    throw error;
  };

  it("accepts a refusal that names the file", async () => {
    expect(await failuresWith(refuse(new Error("file.json: name: missing, but required.")))).toEqual([]);
  });

  it.each([
    ["another kind of error", new TypeError("x is undefined"), "It threw a TypeError: x is undefined"],
    ["no error at all", "text", "It threw text, which is no Error."],
    ["a sentence without the file", new Error("Bad."), 'Its message does not begin with "file.json: ": Bad.'],
    ["a book", new Error(`file.json: ${"x".repeat(2000)}`), /^Its message has 2011 letters/],
    ["terminal escapes", new Error("file.json: \u001b[2J"), /^Its message has control characters/],
  ])("rejects %s", async (_, thrown, reason) => {
    expect(await failuresWith(refuse(thrown))).toEqual([
      typeof reason === "string" ? reason : expect.stringMatching(reason),
    ]);
  });
});
