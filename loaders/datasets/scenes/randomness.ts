import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";

/** Draws of one image, in a fixed order. */
export interface Randomness {
  /** From `from` to `to`, both included. */
  integer(from: number, to: number): number;
  /** From `from`, included, to `to`, excluded. */
  number(from: number, to: number): number;
  chance(probability: number): boolean;
  pick<Item>(items: readonly Item[]): Item;
}

/**
 * Randomness of the image with this index: any image can be made alone, and on every machine alike.
 *
 * @param seed a whole number; its lower 32 bits count
 */
export function randomnessOf(seed: number, index: number): Randomness {
  const generator = xoroshiro128plus(mixed(mixed(seed) ^ index));
  const number = (from: number, to: number) => from + (to - from) * uniformFloat64(generator);
  const integer = (from: number, to: number) => uniformInt(generator, from, to);
  return {
    integer,
    number,
    chance: (probability) => number(0, 1) < probability,
    pick: (items) => items[integer(0, items.length - 1)]!,
  };
}

/** Spreads neighbouring numbers over all 32 bits (the finalizer of MurmurHash3), so that images share nothing. */
function mixed(value: number): number {
  let bits = value | 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return bits ^ (bits >>> 16);
}
