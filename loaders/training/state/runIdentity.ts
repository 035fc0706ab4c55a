import type { Model } from "../../../src/architecture/model/model.js";
import { shownText } from "../../../src/text/shownText.js";
import type { Study } from "../study.js";

/**
 * Everything that decides what a run trains, and the folder it writes to. A saved state is only resumed by a run with
 * the same identity. Threads and workers are left out, since the weights do not depend on them.
 */
export interface RunIdentity {
  readonly study: TrainedStudy;
  /** The study's model for its data, whole: what a name stands for may change. */
  readonly model: Model;
  readonly seed: number;
  readonly engine: string;
  /** The training split's hash. */
  readonly data: string;
  /** Of the file of initial weights; null if they are random. */
  readonly start: string | null;
  readonly out: string;
}

type TrainedStudy = Omit<Study, "title" | "tier" | "model" | "seed" | "from" | "saveEvery">;

/** The settings of a study that decide what is trained, apart from those that {@link RunIdentity} has itself. */
export function trainedStudy({
  title: _title,
  tier: _tier,
  model: _model,
  seed: _seed,
  from: _from,
  saveEvery: _saveEvery,
  ...trained
}: Study): TrainedStudy {
  return trained;
}

/** In what two identities differ, such as "seed (1 there, 2 here)"; the first few. Empty if they are the same. */
export function identityDifferences(saved: unknown, current: RunIdentity): string[] {
  const [there, here] = [leavesOf(saved), leavesOf(current)];
  const paths = [...new Set([...there.keys(), ...here.keys()])];
  const different = paths.filter((path) => there.get(path) !== here.get(path));
  return different
    .slice(0, mostNamed)
    .map((path) => `${shownText(path)} (${shown(there.get(path))} there, ${shown(here.get(path))} here)`);
}

const mostNamed = 3;

/** Every value that is not an object or list, as JSON, by its path. */
function leavesOf(value: unknown, path = ""): Map<string, string> {
  if (typeof value !== "object" || value === null) {
    return new Map(value === undefined ? [] : [[path, JSON.stringify(value)]]);
  }
  const entries = Object.entries(value);
  if (entries.length === 0) return new Map([[path, JSON.stringify(value)]]);
  return new Map(
    entries.flatMap(([key, inner]) => [...leavesOf(inner, path === "" ? key : `${path}.${key}`)]),
  );
}

function shown(json: string | undefined): string {
  return json === undefined ? "none" : shownText(json, 41);
}
