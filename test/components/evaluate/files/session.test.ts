import { describe, expect, it } from "vitest";
import {
  EvaluationSession,
  type EvaluationState,
} from "../../../../src/components/evaluate/files/session.js";
import type {
  BootstrapIntervals,
  ErrorReport,
  EvaluationClient,
  MeasuredResults,
} from "../../../../src/messages/evaluation.js";
import { evaluationClient } from "../../../../src/workers/evaluation/client.js";

const annotations = (name = "truth.json") => ({ name, file: new Blob(['{"images": []}']) });
const results = (name: string) => ({ name, file: new Blob([" \n[]"]) });

const measured = (AP: number): MeasuredResults => ({
  images: 1,
  annotations: 1,
  detections: 1,
  remarks: [],
  categories: [{ id: 1, name: "boat", objects: 1, detections: 1 }],
  stats: [AP, ...new Array(11).fill(0)],
  perCategoryAP: Float64Array.of(AP),
  iouThresholds: [0.5],
  recallThresholds: [0],
  precision: Float64Array.of(AP),
  scores: Float64Array.of(1),
  milliseconds: 1,
});
const report: ErrorReport = { ap: 0.5, errors: [], costliest: [] };
const interval = { value: 0.5, low: 0.4, high: 0.6 };
const intervals: BootstrapIntervals = {
  samples: 10,
  level: 0.95,
  sets: [{ ap: interval, ap50: interval }],
  difference: null,
};

interface Open {
  readonly what: string;
  readonly file: string;
  readonly answer: () => void;
  readonly fail: (message: string) => void;
}

/** An engine whose answers stay open until the test lets them go; AP is a tenth for each question so far. */
function setUp() {
  const open: Open[] = [];
  const states: EvaluationState[] = [];
  let asked = 0;
  let rejects: ((error: Error) => void)[] = [];
  const ask = <Answer>(what: string, file: string, value: Answer): Promise<Answer> =>
    new Promise((resolve, reject) => {
      rejects.push(reject);
      open.push({ what, file, answer: () => resolve(value), fail: (message) => reject(new Error(message)) });
    });
  let cancelled = 0;
  const engine: EvaluationClient = {
    measure: ({ detections }) => ask("measure", detections.name, measured(++asked / 10)),
    classify: ({ detections }) => ask("classify", detections.name, report),
    bootstrap: ({ detections }) => ask("bootstrap", detections.name, intervals),
    restart() {},
    cancel() {
      cancelled++;
      for (const reject of rejects) reject(new Error("The evaluation was cancelled."));
      rejects = [];
    },
  };
  const session = new EvaluationSession({ engine, changed: (state) => states.push(state) });
  /** Lets everything run that waits for nothing else. */
  const settle = () => new Promise((resolve) => setTimeout(resolve, 5));
  const answerAll = async () => {
    await settle();
    for (let at = 0; at < open.length; at++) {
      open[at]!.answer();
      await settle();
    }
  };
  const done = () => open.map(({ what, file }) => `${what} ${file}`);
  return { session, open, done, states, settle, answerAll, cancelled: () => cancelled };
}

describe("EvaluationSession", () => {
  it("takes each file for what its content says, measures it, and then asks for errors", async () => {
    const { session, done, answerAll } = setUp();
    session.give([results("a.json"), annotations()]);
    await answerAll();
    expect(done()).toEqual(["measure a.json", "classify a.json"]);
    expect(session.state).toMatchObject({
      groundTruth: { name: "truth.json" },
      results: [{ file: { name: "a.json" }, measured: { stats: { 0: 0.1 } }, errors: report }, null],
      activity: null,
      stopped: false,
      notice: "",
      problem: null,
    });
  });

  it("takes files that were opened in each other's place for what they are, and says so", async () => {
    const { session, answerAll } = setUp();
    session.give([results("a.json")], "annotations");
    await answerAll();
    expect(session.state.notice).toBe(
      "a.json holds results (an array of detections), not annotations (an object with images, annotations and categories), and was used as such.",
    );
    session.give([annotations()], 0);
    await answerAll();
    expect(session.state.notice).toMatch(/^truth\.json holds annotations .+, not results/);
    expect(session.state.results[0]?.measured).toBeTruthy();
  });

  it("says what files cannot be used, and takes the others", async () => {
    const { session, answerAll } = setUp();
    const file = (name: string, content: BlobPart) => ({ name, file: new Blob([content]) });
    session.give([
      file("notes.txt", "Dear reader"),
      file("none.json", ""),
      file("a.json.gz", Uint8Array.of(0x1f, 0x8b, 8)),
      file("marked.json", "\ufeff [ ]"),
    ]);
    await answerAll();
    expect(session.state.results).toMatchObject([{ file: { name: "marked.json" } }, null]);
    expect(session.state.problem).toBe(
      "notes.txt is neither a COCO annotations file, which begins with {, nor a results file, which begins with [; it begins with D. " +
        "none.json is empty. Open a COCO annotations file or a results file. " +
        "a.json.gz is compressed. Unpack it and open the JSON file inside.",
    );
  });

  it("measures a second results file without measuring the first again, and a third in place of the second", async () => {
    const { session, done, answerAll, cancelled } = setUp();
    session.give([annotations(), results("a.json")]);
    await answerAll();
    session.give([results("b.json")]);
    await answerAll();
    session.give([results("c.json")]);
    await answerAll();
    expect(session.state.results).toMatchObject([{ file: { name: "a.json" } }, { file: { name: "c.json" } }]);
    expect(done().slice(2)).toEqual([
      "measure b.json",
      "classify b.json",
      "measure c.json",
      "classify c.json",
    ]);
    expect(cancelled()).toBe(0);
  });

  it("drops what it computes when the annotations change, and measures all against the new ones", async () => {
    const { session, open, done, settle, answerAll, cancelled } = setUp();
    session.give([annotations(), results("a.json")]);
    await settle();
    session.give([annotations("other.json")]);
    await settle();
    expect(cancelled()).toBe(1);
    open[0]!.answer();
    await answerAll();
    expect(done()).toEqual(["measure a.json", "measure a.json", "classify a.json"]);
    // The first question's AP would be 0.1.
    expect(session.state.results[0]?.measured?.stats[0]).toBe(0.2);
  });

  it("measures anew when masks are asked for in place of boxes", async () => {
    const { session, done, answerAll } = setUp();
    session.give([annotations(), results("a.json")]);
    await answerAll();
    session.useIouType("segm");
    expect(session.state.results).toMatchObject([{ measured: null }, null]);
    await answerAll();
    expect(done()).toHaveLength(4);
    expect(session.state.results[0]?.measured).toBeTruthy();
  });

  it("stops at a file that is refused, says why, and gives its place to the next", async () => {
    const { session, open, settle, answerAll } = setUp();
    session.give([annotations(), results("a.json")]);
    await settle();
    open[0]!.fail("a.json: [3].bbox: missing; expected four finite numbers.");
    await settle();
    expect(session.state).toMatchObject({
      problem: "a.json: [3].bbox: missing; expected four finite numbers.",
      stopped: true,
      activity: null,
    });
    session.give([results("b.json")]);
    await answerAll();
    expect(session.state.results).toMatchObject([{ file: { name: "b.json" } }, null]);
    expect(session.state).toMatchObject({ problem: null, stopped: false, results: [{ measured: {} }, null] });
  });

  it("can be cancelled, keeps what is measured, and resumes where it was", async () => {
    const { session, open, done, settle, answerAll } = setUp();
    session.give([annotations(), results("a.json")]);
    await settle();
    open[0]!.answer();
    await settle();
    session.cancel();
    await settle();
    expect(session.state).toMatchObject({
      stopped: true,
      activity: null,
      notice: "Cancelled.",
      problem: null,
    });
    expect(session.state.results[0]?.measured).toBeTruthy();
    session.resume();
    await answerAll();
    expect(done()).toEqual(["measure a.json", "classify a.json", "classify a.json"]);
    expect(session.state.stopped).toBe(false);
  });

  it("draws intervals only when asked, and forgets them when the results change", async () => {
    const { session, done, answerAll } = setUp();
    session.give([annotations(), results("a.json")]);
    await answerAll();
    session.bootstrap();
    await answerAll();
    expect(session.state.intervals).toEqual(intervals);
    session.give([results("b.json")]);
    await answerAll();
    expect(session.state.intervals).toBeNull();
    expect(done().filter((what) => what.startsWith("bootstrap"))).toHaveLength(1);
  });

  it("leaves nothing to do where intervals were cancelled", async () => {
    const { session, settle, answerAll } = setUp();
    session.give([annotations(), results("a.json")]);
    await answerAll();
    session.bootstrap();
    await settle();
    session.cancel();
    await settle();
    expect(session.state).toMatchObject({ stopped: false, intervals: null, activity: null });
  });

  it("moves the second results up when the first are taken away", async () => {
    const { session, done, answerAll } = setUp();
    session.give([annotations(), results("a.json"), results("b.json")]);
    await answerAll();
    await session.remove(0);
    expect(session.state.results).toMatchObject([{ file: { name: "b.json" } }, null]);
    expect(session.state.results[0]?.measured?.stats[0]).toBe(0.2);
    expect(done()).toHaveLength(4);
  });

  it("works with the page's side of the worker", () => {
    const session = new EvaluationSession({ engine: evaluationClient(), changed: () => {} });
    expect(() => session.cancel()).not.toThrow();
  });
});
