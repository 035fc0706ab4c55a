import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { text, wholeNumber } from "../../../../src/components/page/state/parameter.js";
import { queryCodec } from "../../../../src/components/page/state/query.js";
import { urlState } from "../../../../src/components/page/state/urlState.js";
import { fakeAddress } from "./fakeAddress.js";

const form = queryCodec({ n: 1, name: "" }, { n: wholeNumber("n", { from: 1, to: 9 }), name: text("name") });

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe("urlState(form, address)", () => {
  it("begins with what the address says, and tells what means nothing", () => {
    const state = urlState(form, fakeAddress("?n=0&name=a"));
    expect(state.value).toEqual({ n: 1, name: "a" });
    expect(state.problems).toHaveLength(1);
  });

  it("writes each change into the address as that is by then, and none that changes nothing", () => {
    const address = fakeAddress("?x=1");
    const state = urlState(form, address);
    state.set({ n: 2 });
    state.set({ n: 2 });
    address.replace("?n=2&x=2");
    state.set({ name: "b" });
    expect(address.written).toEqual(["?x=1&n=2", "?n=2&x=2", "?n=2&x=2&name=b"]);
  });

  it("waits for the last of several changes where it should", () => {
    const address = fakeAddress();
    const state = urlState(form, address, 100);
    state.set({ n: 2 });
    vi.advanceTimersByTime(99);
    state.set({ n: 3 });
    vi.advanceTimersByTime(99);
    expect(address.written).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(address.written).toEqual(["?n=3"]);
    state.set({ n: 4 });
    state.flush();
    expect(address.written).toEqual(["?n=3", "?n=4"]);
  });

  it("tells of a move to another state until it ends, but not to its own", () => {
    const address = fakeAddress();
    const state = urlState(form, address);
    const moved = vi.fn();
    state.onNavigate(moved);
    state.set({ n: 2 });
    address.go("?n=2");
    expect(moved).not.toHaveBeenCalled();
    address.go("?n=5");
    expect(moved).toHaveBeenCalledExactlyOnceWith({ state: { n: 5, name: "" }, problems: [] });
    expect(state.value.n).toBe(5);
    state.stop();
    address.go("?n=6");
    expect(state.value.n).toBe(5);
  });
});
