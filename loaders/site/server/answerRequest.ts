import { once } from "node:events";
import { ReadStream } from "node:fs";
import { readFile, realpath } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { isAbsolute, relative } from "node:path";
import { pipeline } from "node:stream/promises";
import { type BaseSendResult, send } from "@fastify/send";
import { errorCode } from "../../files/errorCode.js";
import { byteRange } from "./byteRange.js";
import { contentSecurityPolicy } from "./contentSecurityPolicy.js";
import { isOwnHost } from "./ownHost.js";
import { cacheControl, fixedHeaders } from "./responseHeaders.js";

/** A folder with a built site, which may be rebuilt at any time. */
interface SiteFolder {
  readonly folder: string;
  /** The HTML of the page that is shown where there is no other; kept, so it is there while the folder is not. */
  readonly notFound: string;
}

/** Sends the file that a request names, or says why there is none to send. */
export async function answerRequest(
  site: SiteFolder,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  for (const [name, value] of Object.entries(fixedHeaders)) response.setHeader(name, value);
  response.setHeader("Content-Security-Policy", contentSecurityPolicy());
  const { host, path } = targetOf(request);
  if (!isOwnHost(host)) {
    return refuse(response, 421, "This server answers only requests to this computer, such as localhost.");
  }
  if (request.method !== "GET" && request.method !== "HEAD") {
    response.setHeader("Allow", "GET, HEAD");
    return refuse(response, 405, "This server only answers GET and HEAD.");
  }
  if (!path.startsWith("/")) return refuse(response, 400, "The address must be a path that starts with /.");
  try {
    await sendFile(site.folder, path, request, response);
  } catch (error) {
    if (!(error instanceof NotServed) && !isAbsence(error)) throw error;
    sendNotFound(site.notFound, response);
  }
}

/** Ends a response with a sentence instead of a file. */
export function refuse(response: ServerResponse, status: number, sentence: string): void {
  response.writeHead(status, {
    "Content-Type": "text/plain; charset=utf-8",
    "Content-Length": Buffer.byteLength(sentence) + 1,
    "Cache-Control": "no-store",
  });
  response.end(`${sentence}\n`);
}

/** Host and path of a request, whose target can also be a whole address (RFC 9112, section 3.2.2). */
function targetOf({ url = "", headers }: IncomingMessage): { host: string | undefined; path: string } {
  const [, host = headers.host, target = url] = /^https?:\/\/([^/?#]*)(.*)$/is.exec(url) ?? [];
  return { host, path: target.replace(/[?#].*$/s, "") };
}

/** A file that is there, but not one of the site's. */
class NotServed extends Error {}

/** The file was removed, or its name cannot be one. */
function isAbsence(error: unknown): boolean {
  return ["ENOENT", "ENOTDIR", "EISDIR", "ELOOP", "ENAMETOOLONG"].includes(String(errorCode(error)));
}

/** @throws NotServed, or the file system's error if the file is removed in the meantime */
async function sendFile(
  folder: string,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const found = await send(request, path, {
    root: folder,
    extensions: ["html"],
    cacheControl: false,
    onFile: async (file, stat) => {
      if (!stat.isFile() || !(await isInside(folder, file))) throw new NotServed();
      response.setHeader("Cache-Control", cacheControl(file));
      if (file.endsWith(".html")) {
        response.setHeader("Content-Security-Policy", contentSecurityPolicy(await readFile(file, "utf8")));
      }
      request.headers.range = byteRange(request.headers, stat.size);
    },
  });
  if (found.type === "file") return sendContent(found, response);
  if (found.type === "directory") throw new NotServed();
  const { statusCode, headers, metadata } = found;
  if (statusCode === 400) return refuse(response, 400, "The address is not a valid one.");
  if (statusCode === 412) return refuse(response, 412, "The file is not the one that the request requires.");
  if (statusCode === 416) {
    response.setHeader("Content-Range", headers["Content-Range"] ?? "bytes */*");
    return refuse(response, 416, "The file has no such range of bytes.");
  }
  throw statusCode === 500 ? metadata.error : new NotServed();
}

/** Whether a file's real place, with all links followed, is in a folder. */
async function isInside(folder: string, file: string): Promise<boolean> {
  const path = relative(await realpath(folder), await realpath(file));
  return !isAbsolute(path) && path.split(/[/\\]/)[0] !== "..";
}

async function sendContent(
  { statusCode, headers, stream }: BaseSendResult,
  response: ServerResponse,
): Promise<void> {
  // Opening it fails if the file was removed since it was found; nothing has been sent by then.
  if (stream instanceof ReadStream) await once(stream, "open");
  response.writeHead(statusCode, { "Content-Type": "application/octet-stream", ...headers });
  await pipeline(stream, response, { end: false });
  // A file that was cut short while it was read: the client must not take the next response for the rest of this one.
  if (stream instanceof ReadStream && stream.bytesRead < Number(headers["Content-Length"])) {
    response.destroy();
  } else response.end();
}

function sendNotFound(page: string, response: ServerResponse): void {
  response.writeHead(404, {
    "Content-Type": "text/html; charset=utf-8",
    "Content-Length": Buffer.byteLength(page),
    "Content-Security-Policy": contentSecurityPolicy(page),
    "Cache-Control": "no-cache",
  });
  response.end(page);
}
