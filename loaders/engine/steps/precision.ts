export const precisions = ["float32", "bfloat16"] as const;

/** What a step's arithmetic rounds to; state and results are float32 whatever it is. */
export type Precision = (typeof precisions)[number];
