import type { EdgeStep } from "./connectionSteps.js";
import type { Costs } from "./costs.js";
import { sumOfCosts } from "./costs.js";

/** What a connection would cost if it were made more simply. */
export interface EdgeAlternatives {
  /**
   * One 3×3 convolution from all of the parent's channels to all of the target's, with batch norm: at the whole ratio's
   * stride on the way down, after pixels are repeated on the way up.
   */
  readonly oneConvolution: Costs;
  /** The same steps, their inner maps as wide as the parent's: αC replaced by the parent's channels. */
  readonly fullWidth: Costs;
}

/** Alternatives to a connection's steps; without steps there is nothing to replace, and both are free. */
export function edgeAlternatives(steps: readonly EdgeStep[]): EdgeAlternatives {
  const first = steps[0];
  const last = steps.at(-1);
  if (!first || !last) return { oneConvolution: sumOfCosts([]), fullWidth: sumOfCosts([]) };
  const inputs = first.input[2];
  const [height, width, outputs] = last.output;
  return {
    oneConvolution: convolutionCosts(3, inputs, outputs, height * width),
    fullWidth: sumOfCosts(
      steps.map((step) => {
        const [rows, columns] = step.output;
        if (step.op !== "conv") return { parameters: step.parameters, multiplyAdds: step.multiplyAdds };
        return convolutionCosts(step.window ?? 1, inputs, step === last ? outputs : inputs, rows * columns);
      }),
    ),
  };
}

/** A convolution without bias and its batch norm, which learns two values a channel and keeps two statistics. */
function convolutionCosts(window: number, inputs: number, outputs: number, cells: number): Costs {
  const kernel = window ** 2 * inputs * outputs;
  return {
    parameters: { trainable: kernel + 2 * outputs, total: kernel + 4 * outputs },
    multiplyAdds: kernel * cells,
  };
}
