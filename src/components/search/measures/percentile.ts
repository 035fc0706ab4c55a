/** How many other values are below, equal to and above a value. */
export interface Rank {
  readonly below: number;
  readonly equal: number;
  readonly above: number;
}

/** The rank of a value among `values`. */
export function rankOf(value: number, values: readonly number[]): Rank {
  const below = values.filter((other) => other < value).length;
  const equal = values.filter((other) => other === value).length;
  return { below, equal, above: values.length - below - equal };
}

/** The share of the others below it, counting equal ones half: 0 below all, 1 above all. */
export function shareBelow({ below, equal, above }: Rank): number {
  return (below + equal / 2) / (below + equal + above);
}

/** Up to this percentage from either end, words name the end. */
const widestEnd = 10;

/**
 * "more than all 1,000 samples", "in the highest 3% of 1,000 samples", "more than 564 of 1,000 samples, as much as 12". The
 * share at an end includes equal values and is rounded up.
 */
export function rankWords({ below, equal, above }: Rank, others: string): string {
  const words = (count: number): string => count.toLocaleString("en-US");
  const all = below + equal + above;
  const count = `${words(all)} ${others}`;
  if (equal + above === 0) return `more than all ${count}`;
  if (below + equal === 0) return `less than all ${count}`;
  const [highest, lowest] = [equal + above, equal + below].map((far) => Math.ceil((100 * far) / all));
  if (highest! <= widestEnd) return `in the highest ${highest}% of ${count}`;
  if (lowest! <= widestEnd) return `in the lowest ${lowest}% of ${count}`;
  return `more than ${words(below)} of ${count}${equal === 0 ? "" : `, as much as ${words(equal)}`}`;
}
