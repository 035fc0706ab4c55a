/** What a response's `Content-Range: bytes first-last/total` says. */
export interface ContentRange {
  readonly first: number;
  readonly last: number;
  readonly total: number;
}

/** @returns undefined unless it is one whole, consistent range of a known total */
export function parseContentRange(header: string | null): ContentRange | undefined {
  const found = /^bytes (\d{1,15})-(\d{1,15})\/(\d{1,15})$/.exec(header ?? "");
  if (!found) return undefined;
  const [first = 0, last = 0, total = 0] = found.slice(1).map(Number);
  return first <= last && last < total ? { first, last, total } : undefined;
}
