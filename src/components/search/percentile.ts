/** How a value stands among others. */
export interface Standing {
  readonly below: number;
  readonly equal: number;
  readonly above: number;
}

/** How many of `values` are smaller than, equal to and larger than a value. */
export function standingOf(value: number, values: readonly number[]): Standing {
  const below = values.filter((other) => other < value).length;
  const equal = values.filter((other) => other === value).length;
  return { below, equal, above: values.length - below - equal };
}

/** The share of the others below it, of equal ones half: 0 below all, 1 above all. */
export function shareBelow({ below, equal, above }: Standing): number {
  return (below + equal / 2) / (below + equal + above);
}

/** As much of the others at an end as still has a name of its own there, in percent. */
const widestEnd = 10;

/**
 * "more than all 1,000 samples", "in the highest 3% of 1,000 samples", "more than 564 of 1,000 samples, as much as 12". The
 * share at an end counts those that are as far out or farther, and is rounded up.
 */
export function standingWords({ below, equal, above }: Standing, others: string): string {
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
