import { type Code, f32x4 } from "../assembler/instructions.js";

/** a b + c of four floats each. */
export type MultiplyAdd = (a: Code, b: Code, c: Code) => Code;

/** One instruction where the processor has it, which then rounds once. */
export const fused: MultiplyAdd = f32x4.relaxedMultiplyAdd;

export const separate: MultiplyAdd = (a, b, c) => f32x4.add(f32x4.multiply(a, b), c);
