/**
 * Indexes items by id.
 *
 * @param list where the items are, such as `images`
 * @param source what errors call the file
 * @throws Error naming the first item with a duplicate id
 */
export function uniqueById<Item extends { readonly id: number }>(
  items: readonly Item[],
  list: string,
  source: string,
): ReadonlyMap<number, Item> {
  const byId = new Map<number, Item>();
  for (const [index, item] of items.entries()) {
    if (byId.has(item.id)) {
      throw new Error(
        `${source}: ${list}[${index}].id: ${item.id} is already used by an earlier entry; ids must be unique.`,
      );
    }
    byId.set(item.id, item);
  }
  return byId;
}
