import { create, group } from "d3";
import type { ClaimReading } from "../../pageData/results.js";
import { appendSource } from "../tables/sources.js";

/** Claims that are often quoted, each with the numbers behind it. */
export function claimList(readings: readonly ClaimReading[]): HTMLElement {
  const list = create<HTMLElement>("ul").attr("class", "results-claims");
  for (const [claim, ofClaim] of group(readings, (reading) => reading.claim)) {
    const item = list.append("li");
    item.append("p").append("q").text(claim);
    const lines = item.append("ul");
    for (const reading of ofClaim) {
      const line = lines.append("li");
      line.append("strong").text(gained(reading));
      line.append("span").text(` ${reading.verdict} ${numbers(reading)} `);
      appendSource(line.append("small"), reading.source);
    }
  }
  return list.node()!;
}

/** "+2.9", or "−9.8 (−10.3%)", or the number itself where it is compared with nothing. */
function gained({ value, difference, differencePercent }: ClaimReading): string {
  if (difference === null) return value.toFixed(1);
  return signed(difference) + (differencePercent === null ? "" : ` (${signed(differencePercent)}%)`);
}

function numbers({ quantity, model, value, against, againstValue }: ClaimReading): string {
  const own = `${capital(quantity)}: ${model} ${value.toFixed(1)}`;
  return againstValue === null ? `${own}.` : `${own}, ${against} ${againstValue.toFixed(1)}.`;
}

function signed(value: number): string {
  return `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(1)}`;
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
