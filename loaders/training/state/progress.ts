import * as v from "valibot";
import { count, finiteNumber, nonNegative } from "../../../src/architecture/model/numbers.js";
import { issueSentence } from "../../../src/architecture/model/schemaIssue.js";
import { recordSchema } from "../../records/record.js";
import { curveInterval } from "../curve.js";
import { keptLosses } from "../divergence.js";
import { type Schedule, scheduleSchema } from "../learningRateSchedule.js";

const progressSchema = v.strictObject({
  step: count,
  curve: recordSchema.entries.curve,
  /** Losses of the steps since the curve's last point. */
  since: v.array(
    v.strictObject({
      loss: finiteNumber,
      classLoss: finiteNumber,
      boxLoss: finiteNumber,
      learningRate: nonNegative,
    }),
  ),
  /** Earlier losses that the next ones are compared with. */
  losses: v.pipe(v.array(finiteNumber), v.readonly()),
  /** The schedules of the run, each from the number of steps taken before: a resumed run may have been given another. */
  periods: v.pipe(
    v.array(v.strictObject({ fromStep: count, schedule: scheduleSchema })),
    v.minLength(1, "must have the schedule that the run began with"),
    v.readonly(),
  ),
  started: v.pipe(v.string(), v.isoTimestamp()),
  trainingSeconds: nonNegative,
  /** Of these, seconds spent waiting for data. */
  waitedSeconds: nonNegative,
});

/** How far a run has come, apart from its weights. */
export type Progress = Readonly<v.InferOutput<typeof progressSchema>>;

export type SchedulePeriod = Readonly<Progress["periods"][number]>;

/** What a state's progress has to fit. */
export interface RunPlan {
  /** Of the whole run. */
  readonly steps: number;
  readonly imagesPerStep: number;
  /** The schedule that the run began with. */
  readonly schedule: Schedule;
}

/**
 * Reads a state's progress.
 *
 * @throws Error with what is wrong, as a clause: the field, its value and what would be right
 */
export function parseProgress(value: unknown, plan: RunPlan): Progress {
  const parsed = v.safeParse(progressSchema, value);
  if (!parsed.success) throw new Error(issueSentence(parsed.issues));
  const wrong = contradictionIn(parsed.output, plan);
  if (wrong !== undefined) throw new Error(`${wrong}.`);
  return parsed.output;
}

function contradictionIn(
  progress: Progress,
  { steps, imagesPerStep, schedule }: RunPlan,
): string | undefined {
  const { step, curve, since, losses, periods, trainingSeconds, waitedSeconds } = progress;
  if (step > steps) return `step: is ${step}; expected at most ${steps}, all that the run takes`;
  const interval = curveInterval(steps);
  const points = Math.floor(step / interval) + (step === steps && step % interval > 0 ? 1 : 0);
  if (curve.length !== points) {
    return `curve: has ${curve.length} points; expected ${points} after ${step} steps`;
  }
  const off = curve.findIndex((point, index) => {
    const due = Math.min((index + 1) * interval, steps);
    return point.step !== due || point.imagesSeen !== due * imagesPerStep;
  });
  if (off >= 0) return `curve.${off}: is not of the step that it should be`;
  const sinceCurve = step - (curve.at(-1)?.step ?? 0);
  if (since.length !== sinceCurve) {
    return `since: has ${since.length} losses; expected ${sinceCurve}, one for each step since the curve's last point`;
  }
  const kept = Math.min(step, keptLosses);
  if (losses.length !== kept) return `losses: has ${losses.length}; expected ${kept} after ${step} steps`;
  const [first] = periods;
  if (first!.fromStep !== 0 || JSON.stringify(first!.schedule) !== JSON.stringify(schedule)) {
    return "periods.0: is not the schedule that the study begins with";
  }
  const late = periods.findIndex(
    ({ fromStep }, index) => fromStep > step || fromStep < (periods[index - 1]?.fromStep ?? 0),
  );
  if (late >= 0) return `periods.${late}.fromStep: is out of order, or after step ${step}`;
  if (waitedSeconds > trainingSeconds) {
    return `waitedSeconds: is ${waitedSeconds}; expected at most trainingSeconds, ${trainingSeconds}`;
  }
  return undefined;
}
