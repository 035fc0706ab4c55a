import { readFileSync } from "node:fs";
import { lab, rgb } from "d3";

const style = readFileSync("src/style.css", "utf8");
const [lightRules = "", darkRules = ""] = style.split("@media (prefers-color-scheme: dark)");

type Linear = readonly [red: number, green: number, blue: number];

/** Each property's value where the rules set one. */
function colour(name: string, rules: string): string | undefined {
  const value = new RegExp(`--${name}: ([^;]+);`).exec(rules)?.[1];
  return value?.startsWith("var(--") ? colour(value.slice(6, -1), rules) : value;
}

/** Each theme's page, and the colour that a property of `src/style.css` has in it. */
export const themes = [
  { theme: "light", background: "#ffffff", of: (name: string) => colour(name, lightRules) },
  {
    theme: "dark",
    // near-midnight's page: 4 % of its text, #dfdfd6, on #161616: 22 + 0.04 × (223 − 22) = 30.
    background: "#1e1e1e",
    of: (name: string) => colour(name, darkRules) ?? colour(name.replace("-ink", ""), darkRules),
  },
];

/** sRGB to linear light, IEC 61966-2-1. */
function linear(specifier: string): Linear {
  const channel = (value: number) =>
    value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4;
  const { r, g, b } = rgb(specifier);
  return [channel(r), channel(g), channel(b)];
}

function encoded([red, green, blue]: Linear): string {
  const channel = (value: number) => {
    const inside = Math.min(1, Math.max(0, value));
    return 255 * (inside <= 0.0031308 ? 12.92 * inside : 1.055 * inside ** (1 / 2.4) - 0.055);
  };
  return rgb(channel(red), channel(green), channel(blue)).formatHex();
}

/** WCAG 2.2: the ratio of the luminances, each raised by 0.05. */
export function contrast(a: string, b: string): number {
  const luminance = (specifier: string) => {
    const [red, green, blue] = linear(specifier);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

/** Machado, Oliveira and Fernandes 2009, severity 1, applied to linear light; rows give red, green, blue. */
export const visions: Readonly<Record<string, readonly [Linear, Linear, Linear]>> = {
  "any colour vision": [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

export function seenWith(vision: readonly [Linear, Linear, Linear], specifier: string): string {
  const [red, green, blue] = linear(specifier);
  const row = ([r, g, b]: Linear) => r * red + g * green + b * blue;
  return encoded([row(vision[0]), row(vision[1]), row(vision[2])]);
}

/** CIE 1976: the distance in L*a*b*; about 2.3 can just be told apart side by side. */
export function difference(a: string, b: string): number {
  const [one, other] = [lab(a), lab(b)];
  return Math.hypot(one.l - other.l, one.a - other.a, one.b - other.b);
}
