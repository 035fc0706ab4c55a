/**
 * A local face that stands in for one of ours until that has come, stretched so that lines break where they will and
 * are as high: nothing moves when ours takes its place.
 */
interface FallbackFace {
  readonly family: string;
  /** Names of local faces of the same widths, as `local()` knows them. */
  readonly local: readonly string[];
  readonly style?: "italic";
  readonly weights: string;
  /** Width of our face's text over this one's, measured over the prose of these pages at weights 400 and 600. */
  readonly widths: number;
  readonly of: keyof typeof metrics;
}

/** Ascent and descent as the faces' own tables give them, in em. */
const metrics = {
  serif: { ascent: 1.036, descent: 0.335 },
  sans: { ascent: 1.024, descent: 0.4 },
};

const regular = "200 549";
const bold = "550 900";
const serif = { family: "Serif while loading", of: "serif" } as const;
const serifOnLinux = { family: "Serif while loading, wide", of: "serif" } as const;
const sans = { family: "Sans while loading", of: "sans" } as const;
const sansOnLinux = { family: "Sans while loading, wide", of: "sans" } as const;

const faces: readonly FallbackFace[] = [
  { ...serif, local: ["Times New Roman", "Liberation Serif"], weights: regular, widths: 1.1695 },
  { ...serif, local: ["Times New Roman Bold", "Liberation Serif Bold"], weights: bold, widths: 1.1186 },
  {
    ...serif,
    style: "italic",
    local: ["Times New Roman Italic", "Liberation Serif Italic"],
    weights: "200 900",
    widths: 1.0723,
  },
  { ...serifOnLinux, local: ["DejaVu Serif"], weights: regular, widths: 0.9172 },
  { ...serifOnLinux, local: ["DejaVu Serif Bold"], weights: bold, widths: 0.8438 },
  {
    ...serifOnLinux,
    style: "italic",
    local: ["DejaVu Serif Italic"],
    weights: "200 900",
    widths: 0.8422,
  },
  { ...sans, local: ["Arial", "Liberation Sans"], weights: regular, widths: 0.9291 },
  { ...sans, local: ["Arial Bold", "Liberation Sans Bold"], weights: bold, widths: 0.8904 },
  { ...sansOnLinux, local: ["DejaVu Sans"], weights: regular, widths: 0.8151 },
  { ...sansOnLinux, local: ["DejaVu Sans Bold"], weights: bold, widths: 0.7431 },
];

const percent = (share: number): string => `${Math.round(share * 1e4) / 100}%`;

/** Declarations of the local faces that `--serif` and `--sans-serif` name after ours. */
export function fallbackFaces(): string[] {
  return faces.map(({ family, local, style = "normal", weights, widths, of }) => {
    const { ascent, descent } = metrics[of];
    const sources = local.map((name) => `local("${name}")`).join(",");
    return (
      `@font-face{font-family:"${family}";font-style:${style};font-weight:${weights};src:${sources};size-adjust:${percent(widths)};` +
      `ascent-override:${percent(ascent / widths)};descent-override:${percent(descent / widths)};line-gap-override:0%}`
    );
  });
}
