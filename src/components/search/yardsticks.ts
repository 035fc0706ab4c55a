import { factorial } from "../../architecture/search/scalePermutation.js";
import { grouped, shortCount } from "./bigCount.js";

export interface Yardsticks {
  /** Samples that the search for SpineNet-49 drew until it had it. */
  readonly samples: number;
  /** Billions of years. */
  readonly ageOfUniverse: number;
}

const secondsOf = { minute: 60, hour: 3600, day: 86_400, year: 31_557_600 } as const;

/** Sentences that hold a count of networks against what can be imagined; text and counts in turn. */
export function graspable(networks: bigint, { samples, ageOfUniverse }: Yardsticks): (string | Node)[][] {
  const universe = BigInt(Math.round(ageOfUniverse * 1e9 * secondsOf.year));
  return [
    [`As many as there are ways to shuffle ${cardWords(networks)}.`],
    networks < universe
      ? [`At one a second, all would be seen after ${durationWords(networks)}.`]
      : [
          `One a second since the Big Bang, ${ageOfUniverse} billion years ago, would have come through one in `,
          shortCount(networks / universe),
          ".",
        ],
    networks > BigInt(samples)
      ? [
          `As many as the search for SpineNet-49 tried until it had it, ${grouped(BigInt(samples))}, are one in `,
          shortCount(networks / BigInt(samples)),
          ".",
        ]
      : [
          `The search for SpineNet-49 tried more networks than these until it had it: ${grouped(BigInt(samples))}.`,
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
