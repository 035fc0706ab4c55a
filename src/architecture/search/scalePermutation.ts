import type { Draw } from "./randomDraws.js";

/** Blocks that are outputs, one per level from 3 to 7; they come last and are permuted apart (paper, section 3.1). */
export const outputBlocks = 5;

/** A random order, each as likely as any other (Fisher and Yates). */
export function shuffled<Item>(items: readonly Item[], draw: Draw): Item[] {
  const order = [...items];
  for (let last = order.length - 1; last > 0; last--) {
    const other = draw(last + 1);
    [order[last], order[other]] = [order[other]!, order[last]!];
  }
  return order;
}

/** How many different orders a list has, whose equal members can change places unseen: a multinomial. */
export function distinctOrders(list: readonly (number | string)[]): bigint {
  const counts = new Map<number | string, number>();
  for (const member of list) counts.set(member, (counts.get(member) ?? 0) + 1);
  return [...counts.values()].reduce((orders, count) => orders / factorial(count), factorial(list.length));
}

export function factorial(of: number): bigint {
  let product = 1n;
  for (let factor = 2; factor <= of; factor++) product *= BigInt(factor);
  return product;
}
