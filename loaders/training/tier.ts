/** How far a build may go by itself: not at all, or up to a tier of studies. */
export type TierLimit = "none" | Tier;
export type Tier = "instant" | "small" | "full";

const order: readonly TierLimit[] = ["none", "instant", "small", "full"];

/**
 * What `SPINENET_TIER` allows; `instant` when it is not set.
 *
 * @throws Error if it names no tier.
 */
export function tierLimit(value = process.env.SPINENET_TIER): TierLimit {
  if (!value) return "instant";
  const limit = order.find((tier) => tier === value);
  if (!limit) throw new Error(`SPINENET_TIER is "${value}"; it takes ${order.join(", ")}.`);
  return limit;
}

export function allows(limit: TierLimit, tier: Tier): boolean {
  return order.indexOf(tier) <= order.indexOf(limit);
}
