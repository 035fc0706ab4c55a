/** "3", "3 and 4", "3, 4 and 5". */
export function sentenceList(items: readonly (number | string)[]): string {
  return items.length < 2 ? items.join("") : `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
}
