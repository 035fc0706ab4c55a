import type { PageAddress } from "./address.js";
import type { ReadState, StateInQuery } from "./query.js";

/** A page's state, kept in its address. */
export interface KeptState<State> {
  readonly value: State;
  /** What of the address means nothing, one sentence each. */
  readonly problems: readonly string[];
  /** Changes parts of the state, and the address with them. */
  keep(change: Partial<State>): void;
  /** Changes the address now if that is still to be done. */
  write(): void;
  /** Tells what the address says once the reader has gone back or forward to another state. */
  onMove(listener: (read: ReadState<State>) => void): void;
  /** Listens no more. */
  end(): void;
}

/**
 * Reads a page's state from its address, and writes it there as it changes.
 *
 * @param delay in milliseconds, from the last of several changes on: browsers refuse an address that changes often
 */
export function keptState<State extends object>(
  form: StateInQuery<State>,
  address: PageAddress,
  delay = 0,
): KeptState<State> {
  const first = form.read(address.query());
  let value = first.state;
  let query = address.query();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let end = (): void => {};

  function write(): void {
    clearTimeout(timer);
    query = form.write(address.query(), value);
    if (query !== address.query()) address.replace(query);
  }

  return {
    get value() {
      return value;
    },
    problems: first.problems,
    keep(change) {
      value = { ...value, ...change };
      clearTimeout(timer);
      if (delay === 0) write();
      else timer = setTimeout(write, delay);
    },
    write,
    onMove(listener) {
      end();
      end = address.onMove(() => {
        if (address.query() === query) return;
        query = address.query();
        const read = form.read(query);
        value = read.state;
        listener(read);
      });
    },
    end: () => end(),
  };
}
