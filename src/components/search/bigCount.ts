import { create } from "d3";

/** A whole number in groups of three digits: 435,456,000. */
export function grouped(count: bigint): string {
  return count.toLocaleString("en-US");
}

/** The nearest number of three digits times a power of ten: [1.59, 37]. */
export function powerOfTen(count: bigint): readonly [factor: number, exponent: number] {
  const digits = String(count);
  const exponent = digits.length - 1;
  const factor = Math.round(Number(digits.slice(0, 6).padEnd(6, "0")) / 1000) / 100;
  return factor === 10 ? [1, exponent + 1] : [factor, exponent];
}

/** A count as running text may have it: 14,000, or 1.59 × 10³⁷ from a million on. */
export function shortCount(count: bigint): HTMLElement {
  const span = create<HTMLElement>("span").attr("class", "big-count");
  if (count < 1_000_000n) return span.text(grouped(count)).node()!;
  const [factor, exponent] = powerOfTen(count);
  span
    .text(`${factor.toFixed(2)}\u00a0×\u00a010`)
    .append("sup")
    .text(exponent);
  return span.node()!;
}

/** All its digits, which may break at their commas. */
export function longCount(count: bigint): HTMLElement {
  const span = create<HTMLElement>("span").attr("class", "long-count").node()!;
  const [first = "", ...groups] = grouped(count).split(",");
  span.append(first);
  for (const digits of groups) span.append(",", document.createElement("wbr"), digits);
  return span;
}
