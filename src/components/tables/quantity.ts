/** A count in three digits: 28.5 M, 85.3 B (10⁹), 1,234. */
export function quantity(count: number): string {
  for (const [size, unit] of [
    [1e9, "B"],
    [1e6, "M"],
  ] as const) {
    if (count >= size * 0.9995) return `${digits(count / size)}\u00a0${unit}`;
  }
  return count.toLocaleString("en-US");
}

function digits(value: number): string {
  if (value >= 1000) return Math.round(value).toLocaleString("en-US");
  return value >= 99.95 ? value.toFixed(0) : value >= 9.995 ? value.toFixed(1) : value.toFixed(2);
}
