import { uniformInt } from "pure-rand/distribution/uniformInt";
import { mersenne } from "pure-rand/generator/mersenne";

/** A random whole number from 0, below `count`. */
export type Draw = (count: number) => number;

/** The random choices of one sample of a seed. */
export function drawsOf(seed: number, sample: number): Draw {
  // Seed and number must not simply be added, or sample 2 of seed 1 would be sample 1 of seed 2.
  const generator = mersenne(mersenne(seed).next() + sample);
  return (count) => uniformInt(generator, 0, count - 1);
}
