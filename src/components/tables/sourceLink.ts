/** Where the sources that the tables name can be read. A source begins with one of these. */
const addresses: readonly (readonly [source: RegExp, address: (match: RegExpMatchArray) => string])[] = [
  [/^arXiv:([\d.]+v?\d*)/, ([, id]) => `https://arxiv.org/abs/${id}`],
  [/^tensorflow\/(tpu|models)\b/, ([name]) => `https://github.com/${name}`],
];

/** The address of a named source, for whoever follows it; nothing is loaded from there. */
export function sourceAddress(source: string): string | undefined {
  for (const [pattern, address] of addresses) {
    const match = source.match(pattern);
    if (match) return address(match);
  }
  return undefined;
}
