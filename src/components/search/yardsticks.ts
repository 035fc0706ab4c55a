import { factorial } from "../../architecture/search/scalePermutation.js";
import { grouped, shortCount } from "./bigCount.js";

export interface Yardsticks {
  /** Samples that the search drew before it found SpineNet-49. */
  readonly samples: number;
  /** Billions of years. */
  readonly ageOfUniverse: number;
}

const secondsOf = { minute: 60, hour: 3600, day: 86_400, year: 31_557_600 } as const;

/** Sentences that compare a count of networks with familiar numbers; text and counts in turn. */
export function yardstickSentences(
  networks: bigint,
  { samples, ageOfUniverse }: Yardsticks,
): (string | Node)[][] {
  const universe = BigInt(Math.round(ageOfUniverse * 1e9 * secondsOf.year));
  return [
    [`As many as there are ways to shuffle ${cardWords(networks)}.`],
    networks < universe
      ? [`Testing one per second would cover them all after ${durationWords(networks)}.`]
      : [
          `Testing one per second since the Big Bang, ${ageOfUniverse} billion years ago, would have covered one in `,
          shortCount(networks / universe),
          ".",
        ],
    networks > BigInt(samples)
      ? [
          `The ${grouped(BigInt(samples))} networks that the search tried before it found SpineNet-49 are one in `,
          shortCount(networks / BigInt(samples)),
          ".",
        ]
      : [
          `The search tried more networks than these before it found SpineNet-49: ${grouped(BigInt(samples))}.`,
        ],
  ];
}

/** How many cards have that many orders: k! for some k, or between two. */
function cardWords(orders: bigint): string {
  let cards = 1;
  while (factorial(cards + 1) <= orders) cards++;
  return factorial(cards) === orders ? `${cards} cards` : `between ${cards} and ${cards + 1} cards`;
}

function durationWords(seconds: bigint): string {
  const units = Object.entries(secondsOf).toReversed();
  const [name, size] = units.find(([, size]) => seconds >= BigInt(size)) ?? (["second", 1] as const);
  const count = seconds / BigInt(size);
  return `${grouped(count)} ${name}${count === 1n ? "" : "s"}`;
}
