import { type FileHandle, open } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { writeFailure } from "../files/writeFailure.js";
import { parseContentRange } from "./contentRange.js";
import type { FetchProgress } from "./fetchProgress.js";
import {
  type DownloadState,
  readPartial,
  removePartial,
  validatorOf,
  writeState,
} from "./partialDownload.js";
import { LastingFailure, networkFailure, PassingFailure, request } from "./request.js";

const mostBytes = 16e9;

/** How a download behaves; the defaults suit the internet. */
export interface DownloadSettings {
  /** Attempts in all, the first included. */
  readonly attempts: number;
  /** Before the second attempt; doubled for each later one. */
  readonly retryMs: number;
  /** A connection without a byte for this long counts as failed. */
  readonly stallMs: number;
  readonly isAllowed: (url: URL) => boolean;
}

export const downloadSettings: DownloadSettings = {
  attempts: 6,
  retryMs: 1_000,
  stallMs: 60_000,
  isAllowed: ({ protocol }) => protocol === "https:",
};

/**
 * Downloads a file, continuing what an earlier call left. On failure the bytes that arrived stay for the next call.
 *
 * @param part where the bytes go; a `.json` next to it says what they are of
 * @returns the file's size in bytes
 * @throws LastingFailure or PassingFailure with a sentence; an Error naming the file if the disk fails
 */
export async function download(
  address: string,
  part: string,
  progress: FetchProgress,
  signal: AbortSignal,
  settings: DownloadSettings = downloadSettings,
): Promise<number> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await receive(address, part, progress, signal, settings);
    } catch (error) {
      if (!(error instanceof PassingFailure) || attempt >= settings.attempts) throw error;
      const wait = settings.retryMs * 2 ** (attempt - 1);
      progress.step(`${error.message} Attempt ${attempt + 1} of ${settings.attempts} in ${wait / 1000} s`);
      await sleep(wait, undefined, { signal }).catch(() => signal.throwIfAborted());
    }
  }
}

async function receive(
  address: string,
  part: string,
  progress: FetchProgress,
  signal: AbortSignal,
  { stallMs, isAllowed }: DownloadSettings,
): Promise<number> {
  const { bytes, state } = await readPartial(part, address);
  // Complete, but an earlier call stopped before it was unpacked.
  if (state?.total === bytes && bytes > 0) return bytes;
  const resuming = state !== undefined && bytes > 0;
  const headers: Record<string, string> = resuming
    ? { Range: `bytes=${bytes}-`, "If-Range": state.validator }
    : {};
  const watch = watchFor(stallMs, signal);
  try {
    const response = await request(address, headers, isAllowed, watch.signal);
    const span = await spanOf(response, resuming ? bytes : 0, state, part);
    if (resuming && span.start === 0) {
      progress.step("The file has changed, or its server cannot continue; starting from its beginning");
    } else if (resuming) {
      progress.step(`Continuing after ${(bytes / 1e6).toFixed(1)} MB`);
    }
    // In this order: a state must never be next to bytes of another file.
    if (span.start === 0) await removePartial(part);
    await writeState(part, address, response.headers, span.total);
    return await store(response, part, span, progress, watch);
  } finally {
    watch.stop();
  }
}

interface Span {
  /** Where the body belongs in the file. */
  readonly start: number;
  /** The file's size, if the server says it. */
  readonly total: number | undefined;
}

/** Which part of the file a response has. One that contradicts itself or the request is refused. */
async function spanOf(
  response: Response,
  asked: number,
  state: DownloadState | undefined,
  part: string,
): Promise<Span> {
  const encoding = response.headers.get("content-encoding");
  if (encoding !== null && encoding !== "identity") {
    await response.body?.cancel();
    throw new LastingFailure(
      `The server sends the file compressed again (${encoding}), so its size is unknown.`,
    );
  }
  const length = response.headers.get("content-length");
  if (response.status === 200) {
    const total = length === null ? undefined : Number(length);
    if ((total ?? 0) > mostBytes) {
      await response.body?.cancel();
      throw new LastingFailure(
        `The server announces ${length} bytes, and no checkpoint has over ${mostBytes}.`,
      );
    }
    return { start: 0, total };
  }
  const range =
    response.status === 206 ? parseContentRange(response.headers.get("content-range")) : undefined;
  const fits =
    range !== undefined &&
    asked > 0 &&
    range.first === asked &&
    range.last === range.total - 1 &&
    range.total <= mostBytes &&
    range.total === (state?.total ?? range.total) &&
    validatorOf(response.headers) === state?.validator &&
    (length === null || Number(length) === range.total - asked);
  if (fits) return { start: asked, total: range.total };
  await response.body?.cancel();
  // What is there cannot be continued with this server: the next attempt asks for the whole file.
  await removePartial(part);
  const answered = response.headers.get("content-range") ?? "no Content-Range";
  throw new PassingFailure(
    `The server answered ${response.status} (${answered}) when asked for the bytes from ${asked}; what was there is dropped.`,
  );
}

async function store(
  response: Response,
  part: string,
  { start, total }: Span,
  progress: FetchProgress,
  watch: Watch,
): Promise<number> {
  const file = await open(part, start === 0 ? "w" : "a").catch((error: unknown) => {
    throw writeFailure(part, error);
  });
  let done = start;
  progress.bytes(done, total);
  try {
    for await (const chunk of bodyOf(response, watch)) {
      if (done + chunk.length > (total ?? mostBytes)) {
        throw new LastingFailure(`The server sends more than the ${total ?? mostBytes} bytes that it may.`);
      }
      await write(file, part, chunk);
      done += chunk.length;
      progress.bytes(done, total);
    }
    await file.sync();
  } finally {
    await file.close();
  }
  if (total !== undefined && done !== total) {
    throw new PassingFailure(`The connection ended after ${done} of ${total} bytes.`);
  }
  return done;
}

async function write(file: FileHandle, name: string, chunk: Uint8Array): Promise<void> {
  try {
    await file.writeFile(chunk);
  } catch (error) {
    throw writeFailure(name, error, "run the same command again, which continues");
  }
}

async function* bodyOf(response: Response, watch: Watch): AsyncGenerator<Uint8Array> {
  const reader = response.body?.getReader();
  if (!reader) return;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      watch.heard();
      yield value;
    }
  } catch (error) {
    if (watch.signal.aborted) throw watch.signal.reason;
    throw networkFailure(new URL(response.url).host, error);
  } finally {
    await reader.cancel().catch(() => {});
  }
}

/** Aborts when nothing is heard for a while, or when the user does. */
interface Watch {
  readonly signal: AbortSignal;
  heard(): void;
  stop(): void;
}

function watchFor(stallMs: number, user: AbortSignal): Watch {
  const stall = new AbortController();
  const failure = new PassingFailure(`Nothing arrived for ${stallMs / 1000} s.`);
  const timer = setTimeout(() => stall.abort(failure), stallMs);
  return {
    signal: AbortSignal.any([stall.signal, user]),
    heard: () => {
      timer.refresh();
    },
    stop: () => clearTimeout(timer),
  };
}
