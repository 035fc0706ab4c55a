/**
 * How many cases each property is tried on: a few thousand, so that every run of the tests is quick, or as many as
 * `propertyRuns` says.
 */
export const propertyRuns = readRuns(process.env.PROPERTY_RUNS ?? "2000");

function readRuns(text: string): number {
  const runs = Number(text);
  if (!Number.isSafeInteger(runs) || runs < 1) {
    throw new Error(`propertyRuns is "${text}"; expected a whole number of cases above 0.`);
  }
  return runs;
}
