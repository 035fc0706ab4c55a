import type { Operation } from "./connections.js";
import { type Costs, free, sumOfCosts } from "./costs.js";

/** What a connection would cost if it were built more simply. */
interface ConnectionAlternatives {
  /**
   * One 3×3 convolution from all of the parent's channels to all of the target's, with batch norm: at the whole ratio's
   * stride on the way down, after pixels are repeated on the way up.
   */
  readonly oneConvolution: Costs;
  /** The same operations, their inner maps as wide as the parent's: αC replaced by the parent's channels. */
  readonly fullWidth: Costs;
}

/** Alternatives to a connection's operations; without operations there is nothing to replace, and both are free. */
export function connectionAlternatives(operations: readonly Operation[]): ConnectionAlternatives {
  const first = operations[0];
  const last = operations.at(-1);
  if (!first || !last) return { oneConvolution: free, fullWidth: free };
  const inputs = first.input[2];
  const [height, width, outputs] = last.output;
  return {
    oneConvolution: convolutionCosts(3, inputs, outputs, height * width),
    fullWidth: sumOfCosts(
      operations.map((operation) => {
        if (operation.op !== "conv") return operation;
        const [rows, columns] = operation.output;
        const filters = operation === last ? outputs : inputs;
        return convolutionCosts(operation.window ?? 1, inputs, filters, rows * columns);
      }),
    ),
  };
}

/** A convolution without bias and its batch norm, which learns two values per channel and keeps two statistics. */
function convolutionCosts(window: number, inputs: number, outputs: number, cells: number): Costs {
  const kernel = window ** 2 * inputs * outputs;
  return {
    parameters: { trainable: kernel + 2 * outputs, total: kernel + 4 * outputs },
    multiplyAdds: kernel * cells,
  };
}
