import { readFile } from "node:fs/promises";
import { join } from "node:path";
import * as v from "valibot";
import type { AboutData, DescribedWeights, StudyToRerun } from "../../src/pageData/about.js";
import { loadPublished } from "../records/publishedTables.js";
import type { RunRecord } from "../records/record.js";
import { dataFolder, readRecords } from "../records/records.js";
import { shippedPackages } from "../site/shippedPackages.js";
import { readStudies, type Study, trainingCommand } from "../training/study.js";
import { type ShippedWeights, shippedWeights } from "./live/shippedWeights.js";

/** The terms of use of each data set that weights were trained on. */
const dataTerms: Readonly<Record<string, string>> = {
  bccd: "BCCD: MIT",
  "coco-person": "COCO: annotations CC BY 4.0, photographs under their Flickr licences",
  scenes: "generated here; the objects are Microsoft’s Fluent Emoji, MIT",
};

export async function loadAbout(): Promise<AboutData> {
  const project = join(dataFolder, "..");
  const records = await readRecords();
  const sides = records.map(({ model }) => Math.max(...model.inputSize));
  return {
    version: await versionOf(join(project, "package.json")),
    packages: await shippedPackages(project),
    weights: describedWeights(shippedWeights(), records),
    studies: (await readStudies()).map((study) => toRerun(study, records)),
    inputSides: [...new Set(sides)].sort((a, b) => a - b),
    withoutGraph: (await loadPublished("permuting-resnet"))
      .filter(({ modelId }) => modelId === null)
      .map(({ model }) => model),
  };
}

async function versionOf(file: string): Promise<string> {
  const manifest: unknown = JSON.parse(await readFile(file, "utf8"));
  const result = v.safeParse(v.object({ version: v.string() }), manifest);
  if (!result.success) throw new Error(`${file}: "version" must be a string.`);
  return result.output.version;
}

/** How long the training of a study's oldest record took, and the command that repeats it. */
export function toRerun(study: Study, records: readonly RunRecord[]): StudyToRerun {
  const own = records.filter((record) => record.study === study.id && record.kind === "train");
  const [first] = own;
  const data = study.data.kind === "scenes" ? "" : " --data DIR";
  return {
    title: study.title,
    tier: study.tier,
    command: first
      ? `npm run --silent spinenet -- reproduce --only ${study.id}${data}`
      : trainingCommand(study),
    seconds: first?.trainingSeconds ?? null,
    on: first ? `${first.hardware.cpu}, ${first.hardware.cores} cores, ${first.engine.name}` : null,
    seeds: new Set(own.map(({ seed }) => seed)).size,
  };
}

/**
 * What each file of weights was trained on.
 *
 * @throws Error if a file has no record
 */
export function describedWeights(
  weights: readonly Pick<ShippedWeights, "id">[],
  records: readonly RunRecord[],
): DescribedWeights[] {
  return weights.map(({ id }) => {
    const record = records.find((one) => one.id === id);
    if (!record) throw new Error(`data/weights/${id}.safetensors has no record data/runs/${id}.json.`);
    return {
      file: record.weights.file,
      model: record.model.name,
      data: record.data.name,
      trainImages: record.data.trainImages ?? null,
      terms: dataTerms[record.data.name] ?? null,
    };
  });
}
