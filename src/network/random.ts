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

/** FNV-1a over UTF-16 units, then the finaliser of MurmurHash3, so that near keys give far seeds. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
