import { create } from "d3-selection";
import { prefersStillness } from "../diagram/animation.js";
import { whenSized } from "../page/whenSized.js";
import { networkPair, type PairedNetwork } from "./networkPair.js";

/**
 * Two networks side by side, computed once before the reader's eyes, a block a step and both at the same pace; then they
 * rest. A button lets them compute again. Where less motion is asked for they are simply there.
 */
export function networkPairPlayer(networks: readonly [PairedNetwork, PairedNetwork]): HTMLElement {
  const place = create<HTMLElement>("div").attr("class", "network-pair-player");
  const element = place.node()!;
  const box = place.append("div");
  let begun = Number.NEGATIVE_INFINITY;
  const play = (): void => {
    if (prefersStillness()) return;
    begun = performance.now();
    element.classList.remove("playing");
    element.style.setProperty("--gone", "0ms");
    // Animations begin anew only if the browser has seen them gone.
    element.getBoundingClientRect();
    element.classList.add("playing");
  };
  if (!prefersStillness()) {
    place.append("button").attr("type", "button").text("Play again").on("click", play);
  }
  let drawn = 0;
  whenSized(element, (width) => {
    if (width === drawn) return;
    // What is drawn anew goes on where it was.
    if (drawn > 0) element.style.setProperty("--gone", `${Math.round(performance.now() - begun)}ms`);
    else play();
    drawn = width;
    box.node()!.replaceChildren(networkPair(networks, { width }));
  });
  return element;
}
