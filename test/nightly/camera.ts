import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { median, min } from "d3";
import type { CDPSession, Page, Worker } from "playwright-core";
import { sampleOf } from "../../loaders/pages/live/samples.js";
import { buildSite } from "../browser/builtSite.js";
import { laptopWindow, launchChromium } from "../browser/chromium.js";
import { filmOf } from "../browser/fakeCamera.js";
import { tinyWeights } from "../browser/tinyWeights.js";
import type { NightlyRow, NightlySettings } from "./part.js";

/** What is in memory once garbage is collected. */
interface MemorySample {
  readonly frames: number;
  readonly tensors: number;
  /** In MiB. */
  readonly pageHeap: number;
  readonly workerHeap: number;
}

const samples = 30;
/** A camera that shows nothing new for this long has stopped. */
const mostSecondsBetweenSamples = 300;
/** How much a heap may be larger in the last third than in the first: its own ups and downs. */
const mostGrowth = 2;

/**
 * Leaves the camera of /live on, and watches the worker's tensors and both JavaScript heaps: over the last third of the
 * frames they must be what they were over the first.
 */
export async function checkCamera(settings: NightlySettings): Promise<NightlyRow[]> {
  const names = ["tensors", "heap of the page, MiB", "heap of the worker, MiB"] as const;
  if (!names.some((name) => settings.isChosen(name))) return [];
  const started = performance.now();
  const taken = await soak(settings);
  const seconds = (performance.now() - started) / 1000;
  const frames = taken.at(-1)?.frames ?? 0;
  const row = (check: string, measured: (sample: MemorySample) => number, growth: number): NightlyRow => {
    const third = Math.floor(taken.length / 3);
    const [before, after] = [taken.slice(0, third), taken.slice(-third)].map(
      (part) => median(part, measured)!,
    );
    const note = `${before!.toFixed(1)} in the first third, ${after!.toFixed(1)} in the last`;
    return { check, runs: frames, failures: after! - before! > growth ? 1 : 0, seconds, note };
  };
  const rows = [
    row(names[0], ({ tensors }) => tensors, 0),
    row(names[1], ({ pageHeap }) => pageHeap, mostGrowth),
    row(names[2], ({ workerHeap }) => workerHeap, mostGrowth),
  ];
  for (const { check, failures, note } of rows) {
    if (failures > 0) await settings.keepFailure({ check, error: note, input: taken });
  }
  return rows;
}

async function soak({ runs, say }: NightlySettings): Promise<MemorySample[]> {
  const site = await buildSite();
  const folder = await mkdtemp(join(tmpdir(), "spinenet-camera-"));
  const film = join(folder, "film.y4m");
  await writeFile(film, filmOf(await sampleOf("scene-balls").open()));
  const browser = await launchChromium([
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
    `--use-file-for-fake-video-capture=${film}`,
  ]);
  try {
    const page = await browser.newPage(laptopWindow);
    const watched = await watch(page, `${site.url}/live?backend=wasm`);
    const taken: MemorySample[] = [];
    // The first tenth is for what is made once: compiled code, caches.
    for (let sample = 0; sample <= samples; sample++) {
      await watched.reach(Math.ceil(runs * (0.1 + (0.9 * sample) / samples)));
      taken.push(await watched.take());
      say(JSON.stringify(taken.at(-1)));
    }
    return taken;
  } finally {
    await browser.close();
    await rm(folder, { recursive: true, force: true });
    await site.close();
  }
}

/** Opens the page with its camera on. */
async function watch(page: Page, address: string) {
  await page.route("**/*.safetensors", () => {});
  await page.addInitScript(countFrames);
  const session = await page.context().newCDPSession(page);
  const heaps = await workerHeaps(session);
  await page.goto(address);
  await page.locator(".weights-input input[type=file]").setInputFiles({
    name: "tiny.safetensors",
    mimeType: "application/octet-stream",
    buffer: Buffer.from(tinyWeights()),
  });
  await page.getByRole("button", { name: "Use the camera" }).click();
  await page
    .locator(".detection-view", { hasText: "The camera, with boxes around" })
    .waitFor({ timeout: 120_000 });
  const frames = () => page.evaluate(() => Number(document.documentElement.dataset.frames ?? 0));
  return {
    async reach(count: number): Promise<void> {
      const until = Date.now() + 1000 * mostSecondsBetweenSamples;
      while ((await frames()) < count) {
        if (Date.now() > until)
          throw new Error(`After ${await frames()} frames, the camera shows nothing new.`);
        await wait(200);
      }
    },
    async take(): Promise<MemorySample> {
      await session.send("HeapProfiler.collectGarbage");
      const { usedSize } = await session.send("Runtime.getHeapUsage");
      return {
        frames: await frames(),
        tensors: await tensorsIn(page.workers()),
        pageHeap: usedSize / 2 ** 20,
        workerHeap: (await heaps()) / 2 ** 20,
      };
    },
  };
}

/** In the page: counts the frames that the worker is asked to detect in. */
function countFrames(): void {
  const post = Worker.prototype.postMessage;
  let frames = 0;
  Worker.prototype.postMessage = function (this: globalThis.Worker, message: unknown, ...rest: never[]) {
    if (typeof message === "object" && message !== null && Reflect.get(message, "kind") === "detect") {
      document.documentElement.dataset.frames = String(++frames);
    }
    Reflect.apply(post, this, [message, ...rest]);
  };
}

/** The fewest tensors of several looks: those of a frame in the making come and go. */
async function tensorsIn(workers: readonly Worker[]): Promise<number> {
  const counts: number[] = [];
  for (let look = 0; look < 20; look++) {
    for (const worker of workers) {
      // Where tfjs keeps its engine.
      counts.push(
        await worker.evaluate(() => Reflect.get(globalThis, "_tfengine")?.memory().numTensors ?? -1),
      );
    }
    await wait(7);
  }
  const known = counts.filter((count) => count >= 0);
  if (known.length === 0) throw new Error("No worker of the page has tfjs's engine.");
  return min(known)!;
}

/** Bytes in use in the heaps of a page's workers, after collecting garbage. */
async function workerHeaps(session: CDPSession): Promise<() => Promise<number>> {
  const workers: string[] = [];
  const waiting = new Map<number, (result: unknown) => void>();
  let id = 0;
  session.on("Target.attachedToTarget", ({ sessionId, targetInfo }) => {
    if (targetInfo.type === "worker") workers.push(sessionId);
  });
  session.on("Target.receivedMessageFromTarget", ({ message }) => {
    const answer = JSON.parse(message);
    waiting.get(answer.id)?.(answer.result);
  });
  await session.send("Target.setAutoAttach", {
    autoAttach: true,
    waitForDebuggerOnStart: false,
    flatten: false,
  });
  const ask = (sessionId: string, method: string) =>
    new Promise<unknown>((resolve) => {
      waiting.set(++id, resolve);
      session.send("Target.sendMessageToTarget", { sessionId, message: JSON.stringify({ id, method }) });
    });
  return async () => {
    let bytes = 0;
    for (const worker of workers) {
      await ask(worker, "HeapProfiler.collectGarbage");
      const usage = await ask(worker, "Runtime.getHeapUsage");
      bytes += Number(Reflect.get(Object(usage), "usedSize"));
    }
    if (!(bytes > 0)) throw new Error("The heaps of the page's workers could not be read.");
    return bytes;
  };
}
