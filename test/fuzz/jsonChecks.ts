import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { parseJson } from "../../loaders/files/json.js";
import { parsePublishedTable } from "../../loaders/records/publishedTable.js";
import { publishedSchemas, referenceFolder } from "../../loaders/records/publishedTables.js";
import { parseRecord } from "../../loaders/records/record.js";
import { parseStudy } from "../../loaders/training/study.js";
import { descriptionOf } from "../../src/architecture/costs/description.js";
import { presetByName, presetNames } from "../../src/architecture/families/presets.js";
import { parseModel } from "../../src/architecture/model/parseModel.js";
import { mutated, mutatedText } from "./mutations.js";
import { type ParserCheck, parserCheck } from "./parserCheck.js";

/** Studies, models, run records, tables of published numbers, and JSON itself. */
export function jsonChecks(): ParserCheck[] {
  const studies = filesIn(join("data", "studies"));
  const records = filesIn(join("data", "runs")).map((text) => {
    const record = JSON.parse(text);
    return { ...record, curve: record.curve.slice(0, 2) };
  });
  const tables = Object.entries(publishedSchemas).map(([name, schema]) => ({
    schema,
    text: readFileSync(join(referenceFolder, `${name}.csv`), "utf8").slice(0, 3000),
  }));
  return [
    {
      name: "studies",
      inputs: mutated(studies.map((text) => JSON.parse(text))),
      parse: (input) => parseStudy(input, "file.json"),
      source: "file.json: ",
    },
    {
      name: "models",
      inputs: mutated(presetNames.map((name) => presetByName(name))),
      parse: (input) => descriptionOf(parseModel(input, "file.json")),
      source: "file.json: ",
    },
    {
      name: "run records",
      inputs: mutated(records),
      parse: (input) => parseRecord(input, "file.json"),
      source: "file.json: ",
    },
    parserCheck({
      name: "published tables",
      inputs: fc
        .constantFrom(...tables)
        .chain(({ schema, text }) => mutatedText([text]).map((csv) => ({ schema, csv }))),
      parse: ({ schema, csv }) => parsePublishedTable(csv, schema, "file.csv"),
      source: "file.csv: ",
    }),
    {
      name: "JSON",
      inputs: mutatedText(studies),
      parse: (input) => parseJson(String(input), "file.json"),
      source: "file.json: ",
    },
  ];
}

function filesIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .map((name) => readFileSync(join(folder, name), "utf8"));
}
