/**
 * A local typeface that substitutes one of ours until it has loaded, scaled such that lines have the same height and
 * breaks: nothing moves when ours replaces it.
 */
interface FallbackFace {
  readonly family: string;
  /** Names of local typefaces with the same widths, for `local()`. */
  readonly local: readonly string[];
  readonly style?: "italic";
  readonly weights: string;
  /**
   * Ratio of the width of text in our typeface to this one, measured on the prose of these pages at weights 400, 600 and
   * 700: overall, or by kind of character where the ratios differ by more than a word per line.
   */
  readonly widths: number | WidthsByKind;
  readonly of: keyof typeof metrics;
}

interface WidthsByKind {
  readonly small: number;
  readonly space: number;
  readonly others: number;
}

/** Of overlapping declarations the last applies: all characters first, then those of a kind. */
const ranges: readonly (readonly [kind: keyof WidthsByKind, range: string])[] = [
  ["others", ""],
  ["small", "U+61-7A"],
  ["space", "U+20,U+A0"],
];

/** Ascent and descent from the fonts' tables, in em. */
const metrics = {
  serif: { ascent: 1.036, descent: 0.335 },
  sans: { ascent: 1.024, descent: 0.4 },
};

const regular = "200 549";
const semibold = "550 650";
const bold = "651 900";
const serif = { family: "Serif while loading", of: "serif" } as const;
const serifOnLinux = { family: "Serif while loading, wide", of: "serif" } as const;
const sans = { family: "Sans while loading", of: "sans" } as const;
const sansOnLinux = { family: "Sans while loading, wide", of: "sans" } as const;

const times = ["Times New Roman", "Liberation Serif"];
const timesBold = ["Times New Roman Bold", "Liberation Serif Bold"];
const arial = ["Arial", "Liberation Sans"];
const arialBold = ["Arial Bold", "Liberation Sans Bold"];

const faces: readonly FallbackFace[] = [
  { ...serif, local: times, weights: regular, widths: { small: 1.222, space: 0.948, others: 1.0401 } },
  { ...serif, local: timesBold, weights: semibold, widths: 1.1223 },
  { ...serif, local: timesBold, weights: bold, widths: 1.1404 },
  {
    ...serif,
    style: "italic",
    local: ["Times New Roman Italic", "Liberation Serif Italic"],
    weights: "200 900",
    widths: 1.0737,
  },
  {
    ...serifOnLinux,
    local: ["DejaVu Serif"],
    weights: regular,
    widths: { small: 0.9501, space: 0.7456, others: 0.8656 },
  },
  { ...serifOnLinux, local: ["DejaVu Serif Bold"], weights: semibold, widths: 0.8445 },
  { ...serifOnLinux, local: ["DejaVu Serif Bold"], weights: bold, widths: 0.8581 },
  {
    ...serifOnLinux,
    style: "italic",
    local: ["DejaVu Serif Italic"],
    weights: "200 900",
    widths: 0.8422,
  },
  { ...sans, local: arial, weights: regular, widths: { small: 0.9626, space: 0.7198, others: 0.8785 } },
  { ...sans, local: arialBold, weights: semibold, widths: 0.8909 },
  { ...sans, local: arialBold, weights: bold, widths: 0.9154 },
  {
    ...sansOnLinux,
    local: ["DejaVu Sans"],
    weights: regular,
    widths: { small: 0.8417, space: 0.6292, others: 0.8052 },
  },
  { ...sansOnLinux, local: ["DejaVu Sans Bold"], weights: semibold, widths: 0.7434 },
  { ...sansOnLinux, local: ["DejaVu Sans Bold"], weights: bold, widths: 0.7638 },
];

const percent = (share: number): string => `${Math.round(share * 1e4) / 100}%`;

function declaration(face: FallbackFace, widths: number, range: string): string {
  const { ascent, descent } = metrics[face.of];
  const sources = face.local.map((name) => `local("${name}")`).join(",");
  return (
    `@font-face{font-family:"${face.family}";font-style:${face.style ?? "normal"};font-weight:${face.weights};` +
    `src:${sources};size-adjust:${percent(widths)};ascent-override:${percent(ascent / widths)};` +
    `descent-override:${percent(descent / widths)};line-gap-override:0%${range === "" ? "" : `;unicode-range:${range}`}}`
  );
}

/** Declarations of the local typefaces that `--serif` and `--sans-serif` list after ours. */
export function fallbackFaces(): string[] {
  return faces.flatMap((face) => {
    const { widths } = face;
    if (typeof widths === "number") return [declaration(face, widths, "")];
    return ranges.map(([kind, range]) => declaration(face, widths[kind], range));
  });
}
