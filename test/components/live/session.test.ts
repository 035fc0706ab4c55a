import { describe, expect, it } from "vitest";
import {
  type LiveEngine,
  LiveSession,
  type Picture,
  type SessionState,
  type WeightsChoice,
} from "../../../src/components/live/session.js";
import { statusOf } from "../../../src/components/live/status.js";

const bitmap = (width = 10, height = 10): ImageBitmap => ({ width, height, close: () => {} });
const picture = (sample: string | null, part: Partial<Picture> = {}): Picture => ({
  name: sample ?? "mine",
  bitmap: bitmap(),
  width: 10,
  height: 10,
  sample,
  moving: false,
  ...part,
});
const found = (score: number) => [{ name: "boat", score, bbox: [1, 2, 3, 4] as const }];
const weights = (part: Partial<WeightsChoice> = {}): WeightsChoice => ({
  source: "a.safetensors",
  title: "A",
  classes: ["boat"],
  stored: { harbour: found(0.3) },
  fetch: async () => new ArrayBuffer(0),
  ...part,
});

const loaded = { model: "m", classes: ["boat"], parameters: 5, inputSize: [64, 64] as const };

/** Detections stay open until the test lets them go. */
function setUp(part: Partial<LiveEngine> = {}) {
  const open: ((score: number) => void)[] = [];
  const states: SessionState[] = [];
  const engine: LiveEngine = {
    restart: () => {},
    start: async () => ({ backend: "wasm", device: "SIMD", passedOver: [] }),
    load: async () => ({ ...loaded, classes: ["boat", "kite"] }),
    loadCheckpoint: async () => loaded,
    detect: () =>
      new Promise((resolve) => {
        open.push((score) => resolve({ objects: found(score), milliseconds: 5, first: false }));
      }),
    ...part,
  };
  const session = new LiveSession({
    engine,
    changed: (state) => states.push(state),
    copy: async (image) => image,
    patience: 20,
  });
  /** Lets everything run that waits for nothing else. */
  const settle = () => new Promise((resolve) => setTimeout(resolve, 0));
  return { session, open, states, settle };
}

describe("LiveSession", () => {
  it("shows the stored result of a sample until the live one takes its place", async () => {
    const { session, open, settle } = setUp();
    session.start("auto");
    session.useWeights(weights());
    session.usePicture(picture("harbour"));
    expect(session.state.outcome).toMatchObject({ origin: "stored", objects: [{ score: 0.3 }] });
    expect(statusOf(session.state).said).toMatch(/^Stored result/);
    await settle();
    expect(open).toHaveLength(1);
    open[0]!(0.8);
    await settle();
    expect(session.state.outcome).toMatchObject({ origin: "live", objects: [{ score: 0.8 }] });
    expect(session.state.weights?.classes).toEqual(["boat", "kite"]);
    expect(statusOf(session.state).said).toBe("Computed live on WebAssembly in 5 ms.");
  });

  it("drops what comes in about a picture that is shown no more", async () => {
    const { session, open, settle } = setUp();
    session.start("auto");
    await session.useWeights(weights());
    session.usePicture(picture(null));
    await settle();
    session.usePicture(picture("harbour"));
    await settle();
    open[1]!(0.8);
    await settle();
    open[0]!(0.1);
    await settle();
    expect(session.state.outcome).toMatchObject({ objects: [{ score: 0.8 }] });
  });

  it("keeps the weights in use where others fail, and says why", async () => {
    const { session, settle } = setUp({
      load: async ({ source }) => {
        if (source === "bad") throw new Error("bad: it breaks off.");
        return loaded;
      },
      detect: async () => ({ objects: found(0.8), milliseconds: 5, first: true }),
    });
    session.start("auto");
    session.usePicture(picture("harbour"));
    await session.useWeights(weights());
    await session.useWeights(weights({ source: "bad", title: "Bad" }));
    await settle();
    expect(session.state).toMatchObject({
      weights: { title: "A" },
      outcome: { origin: "live" },
      problem: "bad: it breaks off.",
      activity: "",
    });
  });

  it("ends an engine that hangs in weights when others are chosen, which are loaded by a new one", async () => {
    const asked: string[] = [];
    let hanging = (_: Error): void => {};
    const { session, settle } = setUp({
      start: async ({ backend }) => {
        asked.push(`start ${backend}`);
        return { backend: "wasm", device: "SIMD", passedOver: [] };
      },
      load: ({ source }) => {
        asked.push(`load ${source}`);
        if (source !== "hangs") return Promise.resolve(loaded);
        return new Promise((_resolve, reject) => {
          hanging = reject;
        });
      },
      restart: () => {
        asked.push("restart");
        hanging(Object.assign(new Error("The detection worker was ended."), { name: "AbortError" }));
      },
      detect: async () => ({ objects: found(0.8), milliseconds: 5, first: true }),
    });
    session.start("wasm");
    session.usePicture(picture("harbour"));
    const first = session.useWeights(weights({ source: "hangs", title: "Hangs" }));
    await settle();
    await session.useWeights(weights());
    await first;
    expect(asked).toEqual(["start wasm", "load hangs", "restart", "start wasm", "load a.safetensors"]);
    expect(session.state).toMatchObject({
      weights: { title: "A" },
      outcome: { origin: "live" },
      problem: null,
      activity: "",
    });
  });

  it("starts an engine that broke off again for the next weights, and loads those in use again where they fail", async () => {
    const asked: string[] = [];
    let broken = false;
    const { session } = setUp({
      load: async ({ source }) => {
        asked.push(source);
        if (source === "too large") broken = true;
        if (broken) throw Object.assign(new Error("The worker broke off."), { name: "LostWorkerError" });
        return loaded;
      },
      restart: () => {
        asked.push("restart");
        broken = false;
      },
      detect: async () => ({ objects: found(0.8), milliseconds: 5, first: true }),
    });
    session.start("wasm");
    session.usePicture(picture("harbour"));
    await session.useWeights(weights());
    await session.useWeights(weights({ source: "too large", title: "Large" }));
    expect(asked).toEqual(["a.safetensors", "too large", "restart", "a.safetensors"]);
    expect(session.state).toMatchObject({
      weights: { title: "A" },
      outcome: { origin: "live" },
      problem: "The worker broke off.",
    });
    await session.useWeights(weights({ source: "b.safetensors", title: "B" }));
    expect(session.state.weights).toMatchObject({ title: "B", loaded });
  });

  it("stays with stored results where no backend starts", async () => {
    const { session, open, settle } = setUp({
      start: async () => {
        throw new Error("WebGPU cannot be used: none.");
      },
    });
    session.start("webgpu");
    session.usePicture(picture("harbour"));
    await session.useWeights(weights());
    await settle();
    expect(open).toHaveLength(0);
    expect(session.state).toMatchObject({
      outcome: { origin: "stored" },
      problem: "WebGPU cannot be used: none.",
    });
  });

  it("gives boxes in pixels of the photograph where it was reduced", async () => {
    const { session, open, settle } = setUp();
    session.start("auto");
    await session.useWeights(weights());
    // A photograph of 40 × 20 in a bitmap of 10 × 10: times 4 across, times 2 down.
    session.usePicture(picture(null, { width: 40, height: 20 }));
    await settle();
    open[0]!(0.8);
    await settle();
    expect(session.state.outcome?.objects[0]?.bbox).toEqual([4, 4, 12, 8]);
  });

  it("shows a camera's frame only together with what was found in it", async () => {
    const { session, open, settle } = setUp();
    session.start("auto");
    await session.useWeights(weights());
    const first = session.useFrame(picture(null, { name: "frame", moving: true }));
    await settle();
    expect(session.state.picture).toBeNull();
    open[0]!(0.7);
    await first;
    expect(session.state).toMatchObject({
      picture: { name: "frame" },
      outcome: { objects: [{ score: 0.7 }] },
    });
    const late = session.useFrame(picture(null, { name: "late", moving: true }));
    await settle();
    session.dropFrames();
    open[1]!(0.9);
    await late;
    expect(session.state.picture?.name).toBe("frame");
  });
});
