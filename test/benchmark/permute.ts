/**
 * Measures how smoothly the block diagram follows a hand, in Chromium:
 * `npm run bench:permute -- [--site dist] [--rounds 3] [--model spinenet-49] [--json]`. A block, and then one end of a
 * connection, are dragged through the drawing of a built site. Told are the times between frames as a reader sees them,
 * and the time that the page's main thread took on the processor, which does not count what else the computer does.
 */
import { setTimeout } from "node:timers/promises";
import { Command, InvalidArgumentError } from "commander";
import { mean, quantile } from "d3";
import type { CDPSession, Page } from "playwright-core";
import { serveSite } from "../../loaders/site/serveSite.js";
import { laptopWindow, launchChromium } from "../browser/chromium.js";

interface Options {
  readonly site: string;
  readonly rounds: number;
  readonly model: string;
  readonly json?: boolean;
}

interface Drag {
  /** Milliseconds between frames. */
  readonly intervals: readonly number[];
  readonly moves: number;
  /** Milliseconds of processor time in all: of the main thread, and what of it is script, and style with layout. */
  readonly thread: number;
  readonly script: number;
  readonly layout: number;
}

type Point = readonly [x: number, y: number];

const moves = 120;
/** Between moves of the pointer, as a mouse tells them. */
const pause = 8;

const options = new Command("bench:permute")
  .option("--site <folder>", "a built site", "dist")
  .option("--rounds <count>", "how often each is dragged", counted, 3)
  .option("--model <name>", "the network that is drawn", "spinenet-49")
  .option("--json", "the measurements as JSON alone")
  .parse()
  .opts<Options>();

const site = await serveSite(options.site, 0);
const browser = await launchChromium();
try {
  const page = await browser.newPage(laptopWindow);
  await page.goto(`${site.url}/permute?model=${options.model}&block=9`, { waitUntil: "networkidle" });
  await page.locator(".permute-drawing").scrollIntoViewIfNeeded();
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  const drags: Record<string, Drag[]> = { block: [], connection: [] };
  for (let round = 0; round < options.rounds; round++) {
    for (const [what, part] of [
      ["block", '[role=option][data-id="9"] .target'],
      ["connection", '.handle[data-place="0"] .reach'],
    ] as const) {
      drags[what]!.push(await drag(page, session, part));
      process.stderr.write(`round ${round + 1}: ${what} dragged\n`);
    }
  }
  process.stdout.write(
    options.json ? `${JSON.stringify({ model: options.model, drags })}\n` : described(drags),
  );
} finally {
  await browser.close();
  await site.close();
}

/** Leads a part of the drawing all over it and gives it up, so that each drag begins at the same drawing. */
async function drag(page: Page, session: CDPSession, part: string): Promise<Drag> {
  const drawing = await boxOf(page, ".permute-drawing");
  const from = await boxOf(page, part);
  await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
  await page.mouse.down();
  await page.evaluate(
    "window.frameTimes = []; requestAnimationFrame(function next(now) { frameTimes?.push(now); if (frameTimes) requestAnimationFrame(next); })",
  );
  const before = await worked(session);
  for (let step = 0; step < moves; step++) {
    const [x, y] = placeAt(step / moves);
    await page.mouse.move(drawing.x + x * drawing.width, drawing.y + y * drawing.height);
    await setTimeout(pause);
  }
  const after = await worked(session);
  const times = await page.evaluate<number[]>("const told = frameTimes; frameTimes = null; told");
  await page.keyboard.press("Escape");
  await page.mouse.up();
  await setTimeout(500);
  return {
    intervals: times.slice(1).map((time, index) => time - times[index]!),
    moves,
    thread: after.thread - before.thread,
    script: after.script - before.script,
    layout: after.layout - before.layout,
  };
}

/** A path twice around the drawing's middle, over blocks and between them, from 0 to 1. */
function placeAt(time: number): Point {
  const turn = 4 * Math.PI * time;
  return [0.5 - 0.38 * Math.cos(turn / 2), 0.5 - 0.4 * Math.sin(turn)];
}

async function boxOf(
  page: Page,
  selector: string,
): Promise<{ x: number; y: number; width: number; height: number }> {
  const box = await page.locator(selector).boundingBox();
  if (!box) throw new Error(`bench:permute: ${selector} is not drawn.`);
  return box;
}

/** Milliseconds that the page's main thread has been on the processor since it began. */
async function worked(session: CDPSession): Promise<{ thread: number; script: number; layout: number }> {
  const { metrics } = await session.send("Performance.getMetrics");
  const of = (name: string): number => {
    const metric = metrics.find((one) => one.name === name);
    if (!metric) throw new Error(`bench:permute: this Chromium does not tell ${name}.`);
    return 1000 * metric.value;
  };
  return {
    thread: of("TaskDuration"),
    script: of("ScriptDuration"),
    layout: of("LayoutDuration") + of("RecalcStyleDuration"),
  };
}

function described(drags: Readonly<Record<string, readonly Drag[]>>): string {
  const rows = Object.entries(drags).map(([what, its]) => {
    const intervals = its.flatMap((one) => one.intervals);
    const frames = intervals.length;
    const each = (pick: (one: Drag) => number, among: number): string =>
      (its.reduce((sum, one) => sum + pick(one), 0) / among).toFixed(2);
    const at = (share: number): string => (quantile(intervals, share) ?? Number.NaN).toFixed(1);
    return [
      `${what}: ${frames} frames, ${its.length * moves} moves of the pointer`,
      `  between frames: mean ${(mean(intervals) ?? Number.NaN).toFixed(1)} ms, median ${at(0.5)}, 95% within ${at(0.95)}, longest ${at(1)}`,
      `  processor time a frame: ${each(({ thread }) => thread, frames)} ms, of it script ${each(({ script }) => script, frames)}, style and layout ${each(({ layout }) => layout, frames)}`,
      `  script a move: ${each(({ script }) => script, its.length * moves)} ms`,
    ].join("\n");
  });
  return `${options.model}, ${options.rounds} rounds\n${rows.join("\n")}\n`;
}

function counted(text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1)
    throw new InvalidArgumentError("It should be a whole number from 1.");
  return count;
}
