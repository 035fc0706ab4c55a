/**
 * The string COCO files hold run lengths in. From the fourth run on each is written as the difference to the run of
 * the same value before it; the number goes out in two's complement, five bits a character, lowest first, with a
 * sixth bit that says whether more follow.
 */
export function compressRuns(counts: ArrayLike<number>): string {
  const characters: number[] = [];
  for (let run = 0; run < counts.length; run++) {
    let rest = run > 2 ? counts[run]! - counts[run - 2]! : counts[run]!;
    let more = true;
    while (more) {
      // Differences of 32-bit runs have 33 bits, so they are divided, not shifted.
      const digit = rest & 0b011111;
      rest = Math.floor(rest / 32);
      more = rest !== (digit & 0b010000 ? -1 : 0);
      characters.push(48 + (more ? digit | 0b100000 : digit));
    }
  }
  return textOf(characters);
}

/** `String.fromCharCode` takes as many arguments as the stack holds. */
function textOf(characters: readonly number[]): string {
  let text = "";
  for (let start = 0; start < characters.length; start += 8192) {
    text += String.fromCharCode(...characters.slice(start, start + 8192));
  }
  return text;
}
