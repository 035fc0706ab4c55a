import type { PageAddress } from "../../../../src/components/page/state/pageUrl.js";

/** An address without a window: what was written to it, and a way to go somewhere as the reader does. */
export function fakeAddress(query = ""): PageAddress & {
  readonly written: readonly string[];
  go(query: string): void;
} {
  let now = query;
  const written: string[] = [];
  const listeners = new Set<() => void>();
  return {
    written,
    query: () => now,
    replace(next) {
      now = next;
      written.push(next);
    },
    onNavigate(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    go(next) {
      now = next;
      for (const listener of listeners) listener();
    },
  };
}
