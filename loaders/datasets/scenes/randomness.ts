import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { spreadBits } from "../../../src/network/random.js";

/** Random draws of one image, in a fixed order. */
export interface Randomness {
  /** From `from` to `to`, both included. */
  integer(from: number, to: number): number;
  /** From `from`, included, to `to`, excluded. */
  number(from: number, to: number): number;
  chance(probability: number): boolean;
  pick<Item>(items: readonly Item[]): Item;
}

/**
 * The random draws of the image with this index: any image can be made on its own, identically on every machine.
 * Neighbouring indices are independent.
 *
 * @param seed a whole number; its lower 32 bits count
 */
export function randomnessOf(seed: number, index: number): Randomness {
  const generator = xoroshiro128plus(spreadBits(spreadBits(seed) ^ index));
  const number = (from: number, to: number) => from + (to - from) * uniformFloat64(generator);
  const integer = (from: number, to: number) => uniformInt(generator, from, to);
  return {
    integer,
    number,
    chance: (probability) => number(0, 1) < probability,
    pick: (items) => items[integer(0, items.length - 1)]!,
  };
}
