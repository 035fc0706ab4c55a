import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from "vitest";
import { startEngine } from "../../loaders/engine/startEngine.js";
import { sampleOf, samplePng, samples } from "../../loaders/pages/live/samples.js";
import { shippedWeights, weightsFileOf } from "../../loaders/pages/live/shippedWeights.js";
import { decodeWeights } from "../../src/checkpoints/weights.js";
import { Detector } from "../../src/detection/detector.js";
import { skippedFor } from "../skippedFor.js";
import { laptopWindow, launchChromium } from "./chromium.js";
import { filmOf } from "./fakeCamera.js";
import { type Box, expectSameBoxes } from "./sameBoxes.js";
import { tinyCheckpoint } from "./tinyCheckpoint.js";
import { tinyWeights } from "./tinyWeights.js";

const sample = sampleOf("scene-balls");
const side = 320;
const tiny = tinyWeights();
const tinyFile = {
  name: "tiny.safetensors",
  mimeType: "application/octet-stream",
  buffer: Buffer.from(tiny),
};

let browser: Browser;
let context: BrowserContext | undefined;
/** Requests to other hosts, and errors nobody caught. */
let faults: string[] = [];

beforeAll(async () => {
  browser = await launchChromium();
  await startEngine("wasm");
});
afterEach(async () => {
  await context?.close();
  expect(faults).toEqual([]);
});
afterAll(() => browser.close());

/**
 * Opens /live. Weights of the site never arrive where they are withheld, so that a slow backend runs only what
 * the test gives it.
 */
async function open(
  query: string,
  {
    withhold = true,
    chromium = browser,
    prepare,
  }: { withhold?: boolean; chromium?: Browser; prepare?: (page: Page) => Promise<unknown> } = {},
): Promise<Page> {
  context = await chromium.newContext(laptopWindow);
  const page = await context.newPage();
  faults = [];
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (/^https?:$/.test(url.protocol) && url.origin !== inject("siteUrl")) faults.push(`asked ${url}`);
  });
  page.on("pageerror", ({ message }) => faults.push(message));
  if (withhold) await page.route("**/*.safetensors", () => {});
  await prepare?.(page);
  await page.goto(`${inject("siteUrl")}/live${query}`);
  await page.locator(".live-detection").waitFor();
  return page;
}

/** The page's data as they are before anybody has trained. */
const withoutWeights = (page: Page) =>
  page.route("**/live.*.json", async (route) => {
    const data: object = await (await route.fetch()).json();
    await route.fulfill({ json: { ...data, weights: [] } });
  });

/** As a server does that sends every file with the two headers that keep other origins out. */
const isolated = (page: Page) =>
  page.route(
    ({ protocol }) => /^https?:$/.test(protocol),
    async (route) => {
      // Those are withheld, or not, as in any other test.
      if (route.request().url().endsWith(".safetensors")) return route.fallback();
      const response = await route.fetch();
      const headers = {
        ...response.headers(),
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-embedder-policy": "require-corp",
      };
      await route.fulfill({ response, headers });
    },
  );

const giveWeights = (page: Page, file = tinyFile) =>
  page.locator(".weights-input input[type=file]").setInputFiles(file);
const givePhoto = (page: Page, name: string, buffer: Uint8Array) =>
  page
    .locator(".own-picture input[type=file]")
    .setInputFiles({ name, mimeType: "image/png", buffer: Buffer.from(buffer) });
const becomesLive = (page: Page) => page.locator("[data-origin=live]").waitFor({ timeout: 100_000 });
const alert = (page: Page) => page.locator(".live-problem:not(:empty)").textContent();

/** Drops files on an element, as if dragged from the desktop. */
async function dropOn(page: Page, selector: string, files: readonly (typeof tinyFile)[]): Promise<void> {
  const given = files.map(({ name, buffer }) => ({ name, base64: buffer.toString("base64") }));
  await page.locator(selector).evaluate((target, dropped) => {
    const dataTransfer = new DataTransfer();
    for (const { name, base64 } of dropped) {
      const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
      dataTransfer.items.add(new File([bytes], name));
    }
    target.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
  }, given);
}

/** The boxes of a picture of the given size as the page draws them. */
function boxesIn(page: Page, [width, height]: readonly [number, number]): Promise<Box[]> {
  return page.locator(".detection-boxes > div").evaluateAll(
    (elements, size) =>
      elements.map(({ style, dataset }) => {
        const length = (name: string, whole: number) =>
          (Number.parseFloat(style.getPropertyValue(name)) / 100) * whole;
        return {
          name: dataset.name!,
          score: Number(dataset.score),
          bbox: [
            length("left", size[0]!),
            length("top", size[1]!),
            length("width", size[0]!),
            length("height", size[1]!),
          ],
        };
      }),
    [width, height],
  );
}

async function foundByNode(file: Uint8Array, id: string, leastScore: number): Promise<Box[]> {
  const detector = Detector.of(decodeWeights(file, "weights"));
  const found = await detector.detect({ ...(await sampleOf(id).open()), channels: 3 });
  detector.dispose();
  return found.filter(({ score }) => score >= leastScore);
}

describe("detection in the page", () => {
  test.each([
    ["webgpu", "WebGPU"],
    ["webgl", "WebGL"],
  ])("agrees with Node's on %s", async (backend, title) => {
    const page = await open(`?backend=${backend}&sample=${sample.id}&score=0.3`);
    await giveWeights(page);
    await becomesLive(page);
    expect(await page.locator(".live-backend").textContent()).toContain(`Computes with ${title} (`);
    expectSameBoxes(await boxesIn(page, [side, side]), await foundByNode(tiny, sample.id, 0.3));
  });

  test("agrees with Node's on WebAssembly, with weights of the site where it has some", async () => {
    const shipped = shippedWeights().length > 0;
    const page = await open(`?backend=wasm&score=0.3${shipped ? "" : `&sample=${sample.id}`}`, {
      withhold: !shipped,
    });
    if (!shipped) await giveWeights(page);
    await becomesLive(page);
    const chosen = new URL(page.url()).searchParams;
    const { width, height } = await sampleOf(chosen.get("sample") ?? "").open();
    const file = shipped ? await readFile(weightsFileOf(chosen.get("model") ?? "")) : tiny;
    expectSameBoxes(
      await boxesIn(page, [width, height]),
      await foundByNode(file, chosen.get("sample") ?? "", 0.3),
    );
  });

  test("agrees with Node's on WebAssembly's threads, where the server isolates the page", async () => {
    const page = await open(`?backend=wasm&sample=${sample.id}&score=0.3`, { prepare: isolated });
    await giveWeights(page);
    await becomesLive(page);
    expect(await page.locator(".live-backend").textContent()).toContain("WebAssembly (SIMD, threads)");
    expectSameBoxes(await boxesIn(page, [side, side]), await foundByNode(tiny, sample.id, 0.3));
  });

  test("passes over emulated GPUs by itself, and says why", async () => {
    const page = await open("");
    await page.getByText("Computes with WebAssembly").waitFor();
    expect(await page.locator(".live-backend").textContent()).toMatch(
      /WebGPU was passed over: .+\. WebGL was passed over: its GPU is only emulated by the processor \(SwiftShader\)\./,
    );
  });

  test("chooses a backend by itself where the address names one that does not exist, and says so", async () => {
    const page = await open("?backend=metal");
    expect(await alert(page)).toBe(
      "The page's address says backend=metal; it should be webgpu, webgl or wasm. The page chooses by itself.",
    );
    await page.getByText("Computes with WebAssembly").waitFor();
  });
});

test("a site without weights says how to train some, and takes the reader's own", async () => {
  const page = await open(`?backend=wasm&sample=${sample.id}`, { prepare: withoutWeights });
  expect(await page.locator(".weights-input code").textContent()).toMatch(/spinenet -- train/);
  await giveWeights(page);
  await becomesLive(page);
  const about = await page.locator(".weights-input p", { hasText: "They stay in this page." }).textContent();
  expect(about).toMatch(
    /million parameters, 128 × 128 pixels, .+ MB\. Classes: .+\. They stay in this page\.$/,
  );
});

test("a TensorFlow checkpoint's own files are converted in the page, once they are opened or dropped", async () => {
  const files = tinyCheckpoint();
  const page = await open(`?backend=wasm&sample=${sample.id}`);
  await page.locator(".weights-input input[type=file]").setInputFiles(files.slice(0, 1));
  await page.getByText("its tensors are in tiny.data-00000-of-00001, which is missing").waitFor();
  await dropOn(page, ".detection-view", files);
  await becomesLive(page);
  expect(await page.locator(".weights-input option.own").textContent()).toBe("tiny");
  expect(
    await page.locator(".weights-input p", { hasText: "They stay in this page." }).textContent(),
  ).toContain(
    "SpineNet-49 (width 0.07), 0.11 million parameters, 640 × 640 pixels, 1.1 MB. Classes: class 1, class 2.",
  );
});

describe("what a reader gives", () => {
  test("is refused with a sentence where it is no image, too large, or no weights", async () => {
    const page = await open("?backend=wasm");
    await givePhoto(page, "notes.png", new TextEncoder().encode("Just a few words in a file of text."));
    expect(await alert(page)).toBe(
      "notes.png is not an image that can be opened here. Open a JPEG, PNG or WebP.",
    );

    // 20,000 × 10,000 pixels by its header, which is all there is of it.
    const huge = Buffer.from(await samplePng(sample)).subarray(0, 64);
    huge.writeUInt32BE(20_000, 16);
    huge.writeUInt32BE(10_000, 20);
    await givePhoto(page, "huge.png", huge);
    await page.getByText("huge.png is 20,000 × 10,000 pixels").waitFor();
    expect(await alert(page)).toBe(
      "huge.png is 20,000 × 10,000 pixels, and images of up to 65,500 pixels on a side and 100 megapixels in all can be " +
        "read; use a smaller copy.",
    );

    huge.writeUInt32BE(100_000_000, 16);
    huge.writeUInt32BE(1, 20);
    await givePhoto(page, "long.png", huge);
    await page.getByText("long.png is 100,000,000 × 1 pixels").waitFor();

    await givePhoto(page, "cut.png", Buffer.from(await samplePng(sample)).subarray(0, 64));
    await page.getByText("cut.png begins like a PNG").waitFor();

    await giveWeights(page, {
      ...tinyFile,
      name: "cut.safetensors",
      buffer: tinyFile.buffer.subarray(0, 5000),
    });
    await page.getByText("cut.safetensors: ").waitFor();
    expect(await alert(page)).toMatch(/its header claims \d+ bytes, but 4992 follow/);
  });

  test("is detected in, and leaves the address without a sample", async () => {
    const page = await open(`?backend=wasm&sample=${sample.id}&score=0.3`);
    await giveWeights(page);
    await givePhoto(page, "mine.png", await samplePng(sampleOf("scene-guitar")));
    await becomesLive(page);
    await page.locator(".detection-view", { hasText: "mine.png, with boxes" }).waitFor();
    expectSameBoxes(await boxesIn(page, [side, side]), await foundByNode(tiny, "scene-guitar", 0.3));
    expect(new URL(page.url()).searchParams.get("sample")).toBeNull();
  });
});

test("samples and score can be chosen by keyboard alone, and stand in the address", async () => {
  const page = await open(`?backend=wasm&sample=${sample.id}`);
  await giveWeights(page);
  await becomesLive(page);
  await page.locator("input[name=sample]:checked").focus();
  await page.keyboard.press("ArrowLeft");
  await page.locator(".detection-view", { hasText: "Scene with a guitar, with boxes" }).waitFor();
  await becomesLive(page);
  expect(new URL(page.url()).searchParams.get("sample")).toBe("scene-guitar");

  const boxes = page.locator(".detection-boxes > div");
  const before = await boxes.count();
  await page.locator(".score-slider input").focus();
  await page.keyboard.press("End");
  expect(new URL(page.url()).searchParams.get("score")).toBe("0.95");
  const atEnd = await boxes.count();
  await page.keyboard.press("Home");
  expect(atEnd).toBeLessThan(before);
  expect(await boxes.count()).toBeGreaterThan(before);
  expect(await page.locator(".detection-table tbody tr").count()).toBe(await boxes.count());
});

/** Ids of the site's weights that know people, and of those that do not. */
const knowing: string[] = [];
const strange: string[] = [];
for (const { id, file } of shippedWeights()) {
  const { classes } = decodeWeights(await readFile(file), id);
  (classes.some(({ name }) => name === "person") ? knowing : strange).push(id);
}

test(
  "a sample that the weights know nothing of brings some that do, and an address that insists gets a warning",
  skippedFor(
    knowing.length > 0 && strange.length > 0
      ? ""
      : "data/weights has not both weights that know a person and others",
  ),
  async () => {
    const harbour = samples.find(({ subjects }) => subjects.includes("person"))!;
    const page = await open(`?backend=wasm&model=${strange[0]}&sample=${harbour.id}`);
    const status = page.locator(".live-status");
    await status.getByText("so its detections are wrong. “").waitFor();
    await page.locator("input[name=sample]").first().check({ force: true });
    await page.locator(`input[name=sample][value=${harbour.id}]`).check({ force: true });
    await status.getByText("Switched to “").waitFor();
    expect(await status.textContent()).not.toContain("detections are wrong");
    const chosen = await page.locator("select[name=model]").inputValue();
    expect(knowing).toContain(chosen);
    expect(new URL(page.url()).searchParams.get("model")).toBe(chosen);
  },
);

describe("the camera", () => {
  test("is detected in, frame by frame, until it is stopped", async () => {
    const folder = await mkdtemp(join(tmpdir(), "spinenet-camera-"));
    const film = join(folder, "film.y4m");
    await writeFile(film, filmOf(await sample.open()));
    const filming = await launchChromium([
      "--use-fake-device-for-media-stream",
      "--use-fake-ui-for-media-stream",
      `--use-file-for-fake-video-capture=${film}`,
    ]);
    try {
      const page = await open("?backend=wasm", { chromium: filming });
      await giveWeights(page);
      await page.getByRole("button", { name: "Use the camera" }).click();
      await page.locator(".detection-view", { hasText: "The camera, with boxes around" }).waitFor();
      await page.locator(".detection-boxes > div").first().waitFor();
      await page.getByRole("button", { name: "Stop the camera" }).click();
      await page.getByText("Camera off.").waitFor();
    } finally {
      await filming.close();
      context = undefined;
      await rm(folder, { recursive: true, force: true });
    }
  });

  test("that is not there, or not allowed, gets a sentence", async () => {
    const page = await open("?backend=wasm");
    await page.getByRole("button", { name: "Use the camera" }).click();
    await page.locator(".live-problem:not(:empty)").waitFor();
    expect(await alert(page)).toMatch(/^No camera was found|^The camera was not allowed/);
  });
});
