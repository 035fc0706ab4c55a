import { html } from "htl";

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

/** A count for running text: 14,000, or 1.59 × 10³⁷ from a million on. */
export function shortCount(count: bigint): HTMLElement {
  if (count < 1_000_000n) return html`<span class="big-count">${grouped(count)}</span>`;
  const [factor, exponent] = powerOfTen(count);
  return html`<span class="big-count">${`${factor.toFixed(2)}\u00a0×\u00a010`}<sup>${exponent}</sup></span>`;
}

/** All its digits, which may break at their commas. */
export function longCount(count: bigint): HTMLElement {
  const [first, ...groups] = grouped(count).split(",");
  return html`<span class="long-count">${first}${groups.flatMap((digits) => [",", html`<wbr>`, digits])}</span>`;
}
