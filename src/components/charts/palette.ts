/*
 * The colours of charts: the theme's variables, and the colours to use where a drawing is opened outside the site.
 */

export const foreground = "var(--theme-foreground, #1b1e23)";
export const muted = "var(--theme-foreground-muted, #5f6368)";
export const faintest = "var(--theme-foreground-faintest, #dddddd)";
export const background = "var(--theme-background, #ffffff)";
export const accent = "var(--theme-foreground-focus, #2b51b0)";

/** Families of networks, SpineNet first. Their marks differ in shape as well. */
export const familyColours = [
  "var(--family-spinenet, #d0502a)",
  "var(--family-resnet, #2f7fb8)",
  "var(--family-nas, #8a6fc4)",
] as const;

/** Two results files that are compared. They differ in fill or thickness as well. */
export const setColours = ["var(--results-first, #2b51b0)", "var(--results-second, #b4530a)"] as const;
