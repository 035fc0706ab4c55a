import type { PageAddress } from "../../../../src/components/page/state/address.js";

/** An address without a window: what was written to it, and a way to go somewhere as the reader does. */
export function fakeAddress(query = ""): PageAddress & {
  readonly told: readonly string[];
  go(query: string): void;
} {
  let now = query;
  const told: string[] = [];
  const listeners = new Set<() => void>();
  return {
    told,
    query: () => now,
    replace(next) {
      now = next;
      told.push(next);
    },
    onMove(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    go(next) {
      now = next;
      for (const listener of listeners) listener();
    },
  };
}
