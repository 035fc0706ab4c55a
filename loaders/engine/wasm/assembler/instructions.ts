/** Bytes of WebAssembly that leave one value on the stack, or none. */
export type Code = readonly number[];

/** Unsigned LEB128, as WebAssembly writes counts, indices and offsets. */
export function unsigned(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 0x80) {
    bytes.push((rest % 0x80) | 0x80);
    rest = Math.floor(rest / 0x80);
  }
  return [...bytes, rest];
}

function signed(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  while (rest < -0x40 || rest >= 0x40) {
    bytes.push((rest & 0x7f) | 0x80);
    rest >>= 7;
  }
  return [...bytes, rest & 0x7f];
}

function float(value: number): number[] {
  return [...new Uint8Array(new Float32Array([value]).buffer)];
}

type Binary = (a: Code, b: Code) => Code;
type Unary = (a: Code) => Code;

const binary =
  (...opcode: number[]): Binary =>
  (a, b) => [...a, ...b, ...opcode];
const unary =
  (...opcode: number[]): Unary =>
  (a) => [...a, ...opcode];
const vectorBinary = (opcode: number): Binary => binary(0xfd, ...unsigned(opcode));
const vectorUnary = (opcode: number): Unary => unary(0xfd, ...unsigned(opcode));

/** Floats are aligned to four bytes. */
const alignment = 2;

/** 32-bit integers: counts, and addresses in bytes. */
export const i32 = {
  constant: (value: number): Code => [0x41, ...signed(value)],
  add: binary(0x6a),
  subtract: binary(0x6b),
  multiply: binary(0x6c),
  shiftLeft: binary(0x74),
  lessOrEqual: binary(0x4c),
  lessThan: binary(0x48),
  load: (address: Code, offset = 0): Code => [...address, 0x28, alignment, ...unsigned(offset)],
};

/** Four floats. `min` and `max` give their first operand where it is not a number. */
export const f32x4 = {
  constant: (value: number): Code => [
    0xfd,
    0x0c,
    ...float(value),
    ...float(value),
    ...float(value),
    ...float(value),
  ],
  load: (address: Code, offset = 0): Code => [...address, 0xfd, 0x00, alignment, ...unsigned(offset)],
  /** One float, in each of the four places. */
  loadSplat: (address: Code, offset = 0): Code => [...address, 0xfd, 0x09, alignment, ...unsigned(offset)],
  /** One float, and three zeros. */
  loadOne: (address: Code, offset = 0): Code => [...address, 0xfd, 0x5c, alignment, ...unsigned(offset)],
  store: (address: Code, value: Code, offset = 0): Code => [
    ...address,
    ...value,
    0xfd,
    0x0b,
    alignment,
    ...unsigned(offset),
  ],
  /** The first of the four. */
  storeOne: (address: Code, value: Code, offset = 0): Code => f32x4.storeLane(address, value, 0, offset),
  /** The one at `lane`, 0 to 3. */
  storeLane: (address: Code, value: Code, lane: number, offset = 0): Code => [
    ...address,
    ...value,
    0xfd,
    0x5a,
    alignment,
    ...unsigned(offset),
    lane,
  ],
  /** The vector with one float of memory at `lane`, 0 to 3. */
  loadLane: (address: Code, vector: Code, lane: number, offset = 0): Code => [
    ...address,
    ...vector,
    0xfd,
    0x56,
    alignment,
    ...unsigned(offset),
    lane,
  ],
  /** a b + c, rounded once or twice as the machine has it. Relaxed SIMD: not every engine knows it. */
  relaxedMultiplyAdd: (a: Code, b: Code, c: Code): Code => [...a, ...b, ...c, 0xfd, ...unsigned(0x105)],
  add: vectorBinary(0xe4),
  subtract: vectorBinary(0xe5),
  multiply: vectorBinary(0xe6),
  divide: vectorBinary(0xe7),
  min: vectorBinary(0xea),
  max: vectorBinary(0xeb),
  nearest: vectorUnary(0x6a),
  /** All bits of a place where the comparison holds, none where not. */
  greaterThan: vectorBinary(0x44),
  lessThan: vectorBinary(0x43),
  greaterOrEqual: vectorBinary(0x46),
  equal: vectorBinary(0x41),
  and: vectorBinary(0x4e),
  /** The first's bits where the second has none. */
  andNot: vectorBinary(0x4f),
  toIntegers: vectorUnary(0xf8),
};

export const i32x4 = {
  constant: (value: number): Code => {
    const bytes = [...new Uint8Array(new Int32Array([value]).buffer)];
    return [0xfd, 0x0c, ...bytes, ...bytes, ...bytes, ...bytes];
  },
  add: vectorBinary(0xae),
  shiftLeft: (a: Code, bits: number): Code => [...a, ...i32.constant(bits), 0xfd, ...unsigned(0xab)],
};

/** Statements one after another. */
export function sequence(...statements: Code[]): Code {
  return statements.flat();
}

/** The body, for as long as the condition holds before it. */
export function whileLoop(condition: Code, body: Code): Code {
  const leaveUnless = [...condition, 0x45, 0x0d, 1];
  return [0x02, 0x40, 0x03, 0x40, ...leaveUnless, ...body, 0x0c, 0, 0x0b, 0x0b];
}

/** The body once, if the condition holds. */
export function when(condition: Code, body: Code): Code {
  return [...condition, 0x04, 0x40, ...body, 0x0b];
}

/**
 * The body repeatedly, until the condition of a `leave` in it holds; a `leave` must not be inside another loop or
 * condition.
 */
export function repeat(body: (leave: (condition: Code) => Code) => Code): Code {
  const leave = (condition: Code): Code => [...condition, 0x0d, 1];
  return [0x02, 0x40, 0x03, 0x40, ...body(leave), 0x0c, 0, 0x0b, 0x0b];
}
