import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";

/**
 * A stream of numbers in [0, 1) that depends on its keys alone, such as a seed, "crop" and an image's index. Work
 * that can be cut off and taken up again, or shared out, asks for the stream of the piece it does.
 */
export function randomStream(...keys: readonly (number | string)[]): () => number {
  const generator = xoroshiro128plus(hashOf(keys.join("\u0000")));
  return () => uniformFloat64(generator);
}

/** FNV-1a over UTF-16 units, then spread, so that near keys give far seeds. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return spreadBits(hash);
}

/** Spreads neighbouring whole numbers over all 32 bits (the finaliser of MurmurHash3). */
export function spreadBits(value: number): number {
  let bits = value | 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return bits ^ (bits >>> 16);
}
