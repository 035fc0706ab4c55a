import type { IncomingHttpHeaders } from "node:http";

const singleRange = /^\s*bytes=\s*(\d*)-(\d*)\s*$/i;

/**
 * The Range header to answer, in the form that @fastify/send reads as RFC 9110, section 14, means it; undefined if the
 * whole file is to be sent instead, which the RFC allows in each of these cases: a header that is not one range of
 * bytes, and one that depends on If-Range, which our weak ETags can never satisfy.
 *
 * @param size the file's, in bytes
 */
export function byteRange(headers: IncomingHttpHeaders, size: number): string | undefined {
  const [, first = "", last = ""] = singleRange.exec(headers.range ?? "") ?? [];
  if ((first === "" && last === "") || headers["if-range"] !== undefined) return undefined;
  // The last bytes of a file that has fewer are the whole file (section 14.1.2); @fastify/send rejects them.
  const isWhole = first === "" && size > 0 && Number(last) >= size;
  return isWhole ? "bytes=0-" : `bytes=${first}-${last}`;
}
