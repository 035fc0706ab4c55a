import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { isJob, parseProgress } from "../../../../loaders/training/display/jobMessages.js";
import { JobsDisplay } from "../../../../loaders/training/display/jobsDisplay.js";

const progress = {
  step: 3,
  steps: 40,
  loss: 1.23456,
  classLoss: 1,
  boxLoss: 0.25,
  learningRate: 0.0125,
  gradientNorm: 2,
  imagesPerSecond: 12.34,
  secondsLeft: 100,
  waitedShare: 0.0123,
};

describe("the display of several runs", () => {
  let written = "";
  beforeEach(() => {
    written = "";
    vi.spyOn(process.stderr, "write").mockImplementation((text) => {
      written += text;
      return true;
    });
    vi.spyOn(Date, "now").mockReturnValue(1_000_000);
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it("puts a run's name, as wide as the longest, before what it says", () => {
    const display = new JobsDisplay(6);
    display.said("a", "hello");
    display.said("longer", "hello");
    expect(written).toBe("a      | hello\nlonger | hello\n");
    display.stop();
  });

  it("tells in a log how far a run is at its first step, every ten seconds, and at its last", () => {
    const display = new JobsDisplay(1);
    const line = (step: number) =>
      `a | step ${step}/40: loss 1.235 (class 1.000, box 0.250), learning rate 0.0125, 12.3 images/s, ` +
      "1.2% of the time waiting for data, 2 min left\n";
    display.progressed("a", progress);
    display.progressed("a", { ...progress, step: 4 });
    vi.mocked(Date.now).mockReturnValue(1_010_001);
    display.progressed("a", { ...progress, step: 5 });
    display.progressed("a", { ...progress, step: 6 });
    display.progressed("a", { ...progress, step: 40 });
    expect(written).toBe(line(3) + line(5) + line(40));
    display.stop();
  });

  it("takes nothing for progress that is none", () => {
    expect(parseProgress(progress)).toEqual(progress);
    for (const message of [undefined, "step 3", { ...progress, loss: "small" }]) {
      expect(() => parseProgress(message)).toThrow("A job's process sent an invalid progress message.");
    }
  });

  it("is that of processes that were started as one of several alone", () => {
    vi.stubEnv("SPINENET_JOB", "");
    expect(isJob()).toBe(false);
    vi.unstubAllEnvs();
  });
});
