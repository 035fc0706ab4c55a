/**
 * How long something took, to the minute, or to the second below one: "40 s", "36 min", "1 h 8 min".
 *
 * @param seconds not negative
 */
export function durationWords(seconds: number): string {
  if (seconds < 59.5) return `${Math.round(seconds)}\u00a0s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes}\u00a0min`;
  const rest = minutes % 60;
  return `${Math.floor(minutes / 60)}\u00a0h${rest > 0 ? ` ${rest}\u00a0min` : ""}`;
}
