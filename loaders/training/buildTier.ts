/** What a build may train automatically: nothing, or studies up to a tier. */
export type TierLimit = "none" | Tier;
type Tier = "instant" | "small" | "full";

const order: readonly TierLimit[] = ["none", "instant", "small", "full"];

/**
 * The limit that `SPINENET_TIER` sets; `instant` by default.
 *
 * @throws Error if it is not a tier
 */
export function tierLimit(value = process.env.SPINENET_TIER): TierLimit {
  if (!value) return "instant";
  const limit = order.find((tier) => tier === value);
  if (!limit) throw new Error(`SPINENET_TIER is "${value}"; it should be one of ${order.join(", ")}.`);
  return limit;
}

export function allows(limit: TierLimit, tier: Tier): boolean {
  return order.indexOf(tier) <= order.indexOf(limit);
}
