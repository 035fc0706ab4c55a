import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdtemp, open, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type DownloadSettings, download, downloadSettings } from "../../../loaders/fetch/download.js";
import { stateFile } from "../../../loaders/fetch/partialDownload.js";
import { LastingFailure, networkFailure, PassingFailure } from "../../../loaders/fetch/request.js";
import { answer, cutAfter, quickSettings, type ServedFile, serve } from "./fileServer.js";

const file: ServedFile = { bytes: randomBytes(200_000), etag: '"one"' };
const changed: ServedFile = { bytes: randomBytes(200_000), etag: '"two"' };
const once: DownloadSettings = { ...quickSettings, attempts: 1 };

let folder: string;
let part: string;
let steps: string[];
let seen: [number, number | undefined][];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "spinenet-download-"));
  part = join(folder, "file.part");
  steps = [];
  seen = [];
});
afterEach(() => rm(folder, { recursive: true }));

const progress = {
  step: (text: string) => void steps.push(text),
  bytes: (done: number, total: number | undefined) => void seen.push([done, total]),
};

const get = (address: string, settings = quickSettings, signal = new AbortController().signal) =>
  download(address, part, progress, signal, settings);

/** What an earlier call leaves that got the file's first bytes. */
async function leave(address: string, count: number): Promise<void> {
  await writeFile(part, file.bytes.subarray(0, count));
  await writeFile(
    stateFile(part),
    JSON.stringify({ address, validator: file.etag, total: file.bytes.length }),
  );
}

async function expectFile({ bytes }: ServedFile): Promise<void> {
  expect((await readFile(part)).equals(bytes)).toBe(true);
}

describe("download", () => {
  it("gets a file, says how far it is, and asks for it uncompressed", async () => {
    const { address, requests } = await serve((request, response) => answer(request, response, file));
    expect(await get(address)).toBe(200_000);
    await expectFile(file);
    expect(seen[0]).toEqual([0, 200_000]);
    expect(seen.at(-1)).toEqual([200_000, 200_000]);
    expect(requests[0]!.headers).toMatchObject({ "accept-encoding": "identity" });
  });

  it.each([1, 512, 65_536, 199_999])("continues after a cut at byte %i, in the same call", async (at) => {
    const { address, requests } = await serve((request, response, turn) =>
      turn === 0 ? cutAfter(request, response, file, at) : answer(request, response, file),
    );
    await get(address);
    await expectFile(file);
    expect(requests).toHaveLength(2);
  });

  it.each([1, 512, 65_536, 199_999])("asks only for what is missing after %i bytes", async (at) => {
    const { address, requests } = await serve((request, response) => answer(request, response, file));
    await leave(address, at);
    await get(address);
    await expectFile(file);
    expect(requests[0]!.headers).toMatchObject({ range: `bytes=${at}-`, "if-range": '"one"' });
    expect(seen[0]).toEqual([at, 200_000]);
  });

  it("leaves what arrived where every attempt is cut, for a later call", async () => {
    const { address } = await serve((request, response, turn) =>
      turn < 1 ? cutAfter(request, response, file, 5_000) : answer(request, response, file),
    );
    await expect(get(address, once)).rejects.toThrow(/connection/);
    expect(existsSync(stateFile(part))).toBe(true);
    await get(address, once);
    await expectFile(file);
  });

  it("asks nothing where an earlier call had everything", async () => {
    const { address, requests } = await serve((request, response) => answer(request, response, file));
    await get(address);
    await get(address);
    expect(requests).toHaveLength(1);
  });

  it("starts again where the file has changed meanwhile", async () => {
    const { address } = await serve((request, response) => answer(request, response, changed));
    await leave(address, 5_000);
    await get(address);
    await expectFile(changed);
    expect(steps.join()).toContain("has changed");
  });

  it("does not join two versions where the server ignores If-Range", async () => {
    const { address } = await serve((request, response) => {
      request.headers["if-range"] = changed.etag;
      answer(request, response, changed);
    });
    await leave(address, 5_000);
    await get(address);
    await expectFile(changed);
  });

  it("starts again where the server knows no ranges", async () => {
    const { address } = await serve((request, response) => {
      delete request.headers.range;
      answer(request, response, file);
    });
    await leave(address, 5_000);
    await get(address);
    await expectFile(file);
  });

  it.each([
    ["another start", "bytes 4999-199999/200000"],
    ["an early end", "bytes 5000-199998/200000"],
    ["another total", "bytes 5000-199999/200001"],
    ["an unknown total", "bytes 5000-199999/*"],
    ["nonsense", "octets"],
  ])("drops what is there at a Content-Range with %s, and gets the whole file", async (_, range) => {
    const { address, requests } = await serve((request, response, turn) => {
      if (turn > 0) return answer(request, response, file);
      const headers = { ETag: file.etag, "Content-Range": range };
      response.writeHead(206, headers).end(file.bytes.subarray(5_000));
    });
    await leave(address, 5_000);
    await get(address);
    await expectFile(file);
    expect(requests[1]!.headers.range).toBeUndefined();
    expect(steps.join()).toContain(range);
  });

  it("refuses more bytes than the range that was announced has", async () => {
    const { address } = await serve((_, response) => {
      const headers = { ETag: file.etag, "Content-Range": "bytes 5000-199999/200000" };
      response.writeHead(206, headers).end(file.bytes);
    });
    await leave(address, 5_000);
    await expect(get(address)).rejects.toThrow("sends more than the 200000 bytes");
  });

  it("notices a Content-Length beyond what is sent", async () => {
    const { address } = await serve((_, response) => {
      response.writeHead(200, { "Content-Length": 200_001 });
      response.write(file.bytes, () => setTimeout(() => response.destroy(), 20));
    });
    await expect(get(address)).rejects.toThrow(/The connection/);
  });

  it("refuses a length that no checkpoint has", async () => {
    const { address } = await serve((_, response) => {
      response.writeHead(200, { "Content-Length": 20e9 }).flushHeaders();
    });
    await expect(get(address)).rejects.toThrow("announces 20000000000 bytes");
  });

  it("does not continue what nothing identifies", async () => {
    const { address, requests } = await serve((request, response) => answer(request, response, file));
    await writeFile(part, "of unknown origin");
    await get(address);
    await expectFile(file);
    expect(requests[0]!.headers.range).toBeUndefined();
  });

  it("keeps no state without ETag and Last-Modified", async () => {
    const { address } = await serve((_, response) => response.writeHead(200).end(file.bytes));
    expect(await get(address)).toBe(200_000);
    expect(existsSync(stateFile(part))).toBe(false);
  });

  it("gives up a connection on which nothing arrives, but not a slow one", async () => {
    const { address } = await serve((request, response, turn) => {
      if (turn === 0) return void response.writeHead(200).flushHeaders();
      const { bytes, etag } = file;
      response.writeHead(200, { ETag: etag, "Content-Length": bytes.length });
      for (let piece = 0; piece < 5; piece++) {
        const last = piece === 4;
        setTimeout(() => {
          response.write(bytes.subarray(piece * 40_000, (piece + 1) * 40_000));
          if (last) response.end();
        }, piece * 100);
      }
      request.resume();
    });
    await get(address);
    await expectFile(file);
    expect(steps.join()).toContain("Nothing arrived for 0.3 s.");
  });

  it("says that the disk is full, and continues once it is not", async () => {
    const { address } = await serve((request, response) => answer(request, response, file));
    await leave(address, 5_000);
    const handle = await open(part, "r");
    await handle.close();
    const full = Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" });
    const { writeFile: write } = handle;
    const writing = vi.spyOn(Object.getPrototypeOf(handle), "writeFile").mockImplementation(function (
      this: unknown,
      content: unknown,
    ) {
      // The state that is written first still fits.
      return typeof content === "string" ? Reflect.apply(write, this, [content]) : Promise.reject(full);
    });
    await expect(get(address)).rejects.toThrow(
      `${part} could not be written (${full.message}). The disk is full: free some space and run the same command again`,
    );
    writing.mockRestore();
    await get(address);
    await expectFile(file);
  });

  it("stops while it waits for another attempt when it is interrupted", async () => {
    const { address } = await serve((_, response) => response.writeHead(503).end());
    const interruption = new AbortController();
    const getting = get(address, { ...quickSettings, retryMs: 60_000 }, interruption.signal);
    setTimeout(() => interruption.abort(new Error("interrupted")), 150);
    await expect(getting).rejects.toThrow("interrupted");
  });

  it("stops when it is interrupted, and keeps what arrived", async () => {
    const { address } = await serve((_, response) => {
      response.writeHead(200, { ETag: file.etag, "Content-Length": 200_000 });
      response.write(file.bytes.subarray(0, 1_000));
    });
    const interruption = new AbortController();
    const getting = get(address, { ...quickSettings, stallMs: 5_000 }, interruption.signal);
    setTimeout(() => interruption.abort(new Error("interrupted")), 150);
    await expect(getting).rejects.toThrow("interrupted");
    expect((await readFile(part)).length).toBe(1_000);
  });
});

describe("a server that refuses", () => {
  it.each([
    [401, "answered 401: it refuses access"],
    [403, "answered 403: it refuses access"],
    [404, "answered 404: the file is no longer there"],
    [418, "answered 418, which is no download"],
  ])("with %i is asked once", async (status, message) => {
    const { address, requests } = await serve((_, response) => response.writeHead(status).end("no"));
    await expect(get(address)).rejects.toThrow(message);
    expect(requests).toHaveLength(1);
    expect(existsSync(part)).toBe(false);
  });

  it("with 503 is asked again, a bounded number of times", async () => {
    const { address, requests } = await serve((request, response, turn) =>
      turn < 2 ? response.writeHead(503).end() : answer(request, response, file),
    );
    await get(address);
    await expectFile(file);
    expect(requests).toHaveLength(3);
    await rm(part);
    const failing = await serve((_, response) => response.writeHead(503).end());
    await expect(get(failing.address)).rejects.toThrow("answered 503");
    expect(failing.requests).toHaveLength(3);
  });

  it("or is not there gives a sentence", async () => {
    await expect(get("https://no-such-host.invalid/file.tar.gz", once)).rejects.toThrow(
      /no-such-host\.invalid (could not be resolved|failed)/,
    );
    await expect(get("http://127.0.0.1:1/file.tar.gz", once)).rejects.toThrow(/The connection|refuses/);
  });
});

describe("networkFailure", () => {
  const failureOf = (code: string) =>
    networkFailure(
      "a.example",
      new TypeError("fetch failed", { cause: Object.assign(new Error(code), { code }) }),
    );

  it("lasts for an unknown name alone", () => {
    expect(failureOf("ENOTFOUND")).toBeInstanceOf(LastingFailure);
    for (const code of ["EAI_AGAIN", "ECONNREFUSED", "ECONNRESET"]) {
      expect(failureOf(code)).toBeInstanceOf(PassingFailure);
    }
  });
});

describe("redirects", () => {
  it("are followed, a few of them", async () => {
    const { address } = await serve((request, response, turn) =>
      turn < 5 ? response.writeHead(302, { Location: "/next" }).end() : answer(request, response, file),
    );
    await get(address);
    await expectFile(file);
    const endless = await serve((_, response) => response.writeHead(302, { Location: "/next" }).end());
    await expect(get(endless.address)).rejects.toThrow("redirects more than 5 times");
    expect(endless.requests).toHaveLength(6);
  });

  it("to anything but https are refused", async () => {
    const { address } = await serve((_, response) =>
      response.writeHead(302, { Location: "http://example.com/file.tar.gz" }).end(),
    );
    await expect(get(address)).rejects.toThrow("redirects to http://example.com/file.tar.gz, and only https");
    expect(downloadSettings.isAllowed(new URL("http://127.0.0.1/"))).toBe(false);
    expect(downloadSettings.isAllowed(new URL("https://example.com/"))).toBe(true);
  });

  it("without an address are refused", async () => {
    const { address } = await serve((_, response) => response.writeHead(302).end());
    await expect(get(address)).rejects.toThrow("without a valid address");
  });
});
