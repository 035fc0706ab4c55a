import { type PageAddress, pageAddress } from "./pageUrl.js";
import type { QueryCodec, ReadState } from "./query.js";

/** A page's state that is also in its address. */
export interface UrlState<State> {
  readonly value: State;
  /** What is wrong with the address that the page was opened with, one sentence each. */
  readonly problems: readonly string[];
  /** Changes parts of the state, and the address with them. */
  set(change: Partial<State>): void;
  /** Updates the address now if a change is still waiting for its delay. */
  flush(): void;
  /** Calls the listener with what the address says after the reader went back or forward to another state. */
  onNavigate(listener: (read: ReadState<State>) => void): void;
  /** Stops listening. */
  stop(): void;
}

/**
 * Reads a page's state from its address, and updates the address whenever the state changes.
 *
 * @param delay in milliseconds, after the last change; browsers refuse an address that changes too often
 */
export function urlState<State extends object>(
  codec: QueryCodec<State>,
  address: PageAddress = pageAddress,
  delay = 0,
): UrlState<State> {
  let query = address.query();
  const first = codec.read(query);
  let value = first.state;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stop = (): void => {};

  function flush(): void {
    clearTimeout(timer);
    query = codec.write(address.query(), value);
    if (query !== address.query()) address.replace(query);
  }

  return {
    get value() {
      return value;
    },
    problems: first.problems,
    set(change) {
      value = { ...value, ...change };
      clearTimeout(timer);
      if (delay === 0) flush();
      else timer = setTimeout(flush, delay);
    },
    flush,
    onNavigate(listener) {
      stop = address.onNavigate(() => {
        if (address.query() === query) return;
        query = address.query();
        const read = codec.read(query);
        value = read.state;
        listener(read);
      });
    },
    stop: () => stop(),
  };
}
