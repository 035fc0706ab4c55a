import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach } from "vitest";
import { type DownloadSettings, downloadSettings } from "../../../loaders/fetch/download.js";

/** A file as the server has it at the moment. */
export interface ServedFile {
  readonly bytes: Buffer;
  readonly etag: string;
}

export type Handler = (request: IncomingMessage, response: ServerResponse, turn: number) => void;

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

/** A server on the loopback address until the test ends; `turn` counts the requests from 0. */
export async function serve(handler: Handler) {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => handler(request, response, requests.push(request) - 1));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { address: `http://127.0.0.1:${port}/file.tar.gz`, requests };
}

/** Answers as a good server does: with ranges, if `If-Range` has the file's tag. */
export function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { bytes, etag }: ServedFile,
): void {
  const { start, headers, status } = answerHead(request, { bytes, etag });
  response.writeHead(status, headers).end(bytes.subarray(start));
}

/** Answers well, but ends the connection after `count` bytes. */
export function cutAfter(
  request: IncomingMessage,
  response: ServerResponse,
  file: ServedFile,
  count: number,
): void {
  const { start, headers, status } = answerHead(request, file);
  response.writeHead(status, headers);
  response.flushHeaders();
  response.write(file.bytes.subarray(start, start + count), () => setTimeout(() => response.destroy(), 20));
}

function answerHead({ headers }: IncomingMessage, { bytes, etag }: ServedFile) {
  const asked = /^bytes=(\d+)-$/.exec(headers.range ?? "")?.[1];
  const start = asked !== undefined && headers["if-range"] === etag ? Number(asked) : 0;
  const range = { "Content-Range": `bytes ${start}-${bytes.length - 1}/${bytes.length}` };
  return {
    start,
    status: start > 0 ? 206 : 200,
    headers: { ETag: etag, "Content-Length": bytes.length - start, ...(start > 0 ? range : {}) },
  };
}

/** For the tests: plain http to the loopback address, quick retries. */
export const quickSettings: DownloadSettings = {
  ...downloadSettings,
  attempts: 3,
  retryMs: 1,
  stallMs: 300,
  isAllowed: ({ protocol, hostname }) => protocol === "https:" || hostname === "127.0.0.1",
};
