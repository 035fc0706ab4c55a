import { Float16Array } from "@petamoriken/float16";

// Node 20 has no Float16Array. The package's is right but takes seconds for a network, number by number through a
// proxy; it serves for the table, and the tests compare with it.

let table: Float32Array | undefined;

/** The numbers that these float16 bits stand for. */
export function fromFloat16Bits(halves: Uint16Array): Float32Array {
  table ??= Float32Array.from(
    new Float16Array(Uint16Array.from({ length: 2 ** 16 }, (_, bits) => bits).buffer),
  );
  const values = new Float32Array(halves.length);
  for (let index = 0; index < halves.length; index++) values[index] = table[halves[index]!]!;
  return values;
}

const signOfHalf = 0x8000;
/** Of a float32's bits: 2⁻¹⁴, the smallest normal float16, and 2¹⁶, beyond the largest. */
const smallestNormal = 0x38800000;
const tooLarge = 0x47800000;
const infinity = 0x7f800000;
/** From float32's exponent, which is stored plus 127, to float16's, plus 15. */
const rebias = (127 - 15) << 23;
/** Of 23 bits of mantissa, 10 are kept. */
const dropped = 13;
/** Adding and subtracting it leaves whole numbers, rounded to the nearest, halves to the even one. */
const roundsToWhole = 2 ** 52;
/** Float16's smallest number is 2⁻²⁴. */
const subnormalUnits = 2 ** 24;

/** The bits of these numbers as float16: rounded to the nearest, halves to the even one; beyond its range infinite. */
export function toFloat16Bits(values: Float32Array): Uint16Array {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  const halves = new Uint16Array(values.length);
  for (let index = 0; index < values.length; index++) {
    const sign = (bits[index]! >>> 16) & signOfHalf;
    const size = bits[index]! & 0x7fffffff;
    if (size < smallestNormal) {
      const units = Math.abs(values[index]!) * subnormalUnits;
      halves[index] = sign | (units + roundsToWhole - roundsToWhole);
    } else if (size < tooLarge) {
      const rebased = size - rebias;
      halves[index] = sign | ((rebased + 0xfff + ((rebased >>> dropped) & 1)) >>> dropped);
    } else {
      halves[index] = sign | (size > infinity ? 0x7e00 : 0x7c00);
    }
  }
  return halves;
}
