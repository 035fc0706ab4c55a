import type { RunDetails } from "../../../src/pageData/results.js";
import type { RunRecord } from "../../records/record.js";

/** A small figure cannot show more points than this. */
const mostCurvePoints = 200;

/** What a run's record says, term by term, and how its training loss fell. */
export function runDetails(record: RunRecord): RunDetails {
  const { data, engine, hardware } = record;
  const versions = Object.entries(engine.versions).map(([name, version]) => `${name} ${version}`);
  const trained =
    data.trainSplit === undefined ? null : `${data.trainSplit}, ${wholeNumber(data.trainImages ?? 0)} images`;
  const facts: [string, string | null][] = [
    ["Study", `${record.study} (${record.tier})`],
    ["Trained on", trained],
    ["Measured on", `${data.name}, ${data.split}, ${wholeNumber(data.images)} images`],
    ["Images seen", wholeNumber(record.imagesSeen)],
    ["Seed", String(record.seed)],
    ["Engine", [engine.name, ...versions].join(", ")],
    ["Computer", `${hardware.cpu}, ${hardware.cores} cores, ${hardware.memoryGiB} GiB, ${hardware.platform}`],
    ["Training time", record.trainingSeconds === 0 ? null : duration(record.trainingSeconds)],
    ["Code", record.commit],
    ["Finished", record.finished],
  ];
  return {
    id: record.id,
    title: record.title,
    facts: facts.flatMap(([term, value]): [string, string][] => (value === null ? [] : [[term, value]])),
    curve: thinned(record.curve).map(({ imagesSeen, loss, classLoss, boxLoss }) => ({
      imagesSeen,
      loss,
      classLoss,
      boxLoss,
    })),
    command: record.command,
  };
}

function thinned<Item>(items: readonly Item[]): readonly Item[] {
  const every = Math.ceil(items.length / mostCurvePoints);
  return items.filter((_, index) => index % every === 0 || index === items.length - 1);
}

function duration(seconds: number): string {
  if (seconds < 90) return `${Math.round(seconds)} s`;
  return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}

export function wholeNumber(value: number): string {
  return value.toLocaleString("en-US");
}
