import type { Local } from "../assembler/assemble.js";
import { type Code, f32x4, i32, sequence, whileLoop } from "../assembler/instructions.js";

/** How a piece of code touches memory: four floats at once, or one. */
export interface Lanes {
  readonly count: 4 | 1;
  readonly load: (address: Code) => Code;
  readonly store: (address: Code, value: Code) => Code;
}

const four: Lanes = { count: 4, load: f32x4.load, store: f32x4.store };
const single: Lanes = { count: 1, load: f32x4.loadOne, store: f32x4.storeOne };

/**
 * The body for each float up to `limit`, four at once while four are left. `bytes` follows, as the
 * distance from the first.
 */
export function eachFloat(counter: Local, bytes: Local, limit: Local, body: (lanes: Lanes) => Code): Code {
  const loop = (lanes: Lanes): Code => {
    const next = i32.add(counter.get, i32.constant(lanes.count));
    return whileLoop(
      i32.lessOrEqual(next, limit.get),
      sequence(body(lanes), bytes.set(i32.add(bytes.get, i32.constant(lanes.count * 4))), counter.set(next)),
    );
  };
  return sequence(counter.set(i32.constant(0)), bytes.set(i32.constant(0)), loop(four), loop(single));
}

/** The body as many times as `counter` says, which ends at zero. */
export function countDown(counter: Local, body: Code): Code {
  return whileLoop(counter.get, sequence(body, counter.set(i32.subtract(counter.get, i32.constant(1)))));
}

/** Moves a pointer on by a distance in bytes. */
export function advance(pointer: Local, distance: Code): Code {
  return pointer.set(i32.add(pointer.get, distance));
}
