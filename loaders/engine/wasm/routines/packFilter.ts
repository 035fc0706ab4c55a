import { type Local, routine } from "../assembler/assemble.js";
import { type Code, f32x4, i32, sequence, when, whileLoop } from "../assembler/instructions.js";
import { advance, countDown } from "./lanes.js";
import { panelChannels } from "./matrixProduct.js";

const floatBytes = 4;

type Contiguity = "rows" | "columns";

/**
 * `packFilter/rows` and `packFilter/columns`: copies `depth` rows of a matrix of `columns` columns into panels of 8
 * columns, row after row; then one of 4 if as many are left, and one of 4 for the rest, whose other places stay as
 * they are. Each panel at `target` is `panelDepth` rows deep, and these rows go to `firstRow` and after. Elements that
 * follow one another in memory are those of a row, or of a column; `step` is the distance in bytes the other way.
 */
const packFilter = (contiguous: Contiguity) =>
  routine(
    `packFilter/${contiguous}`,
    ["source", "depth", "columns", "step", "target", "firstRow", "panelDepth"] as const,
    (parameter, writer) => {
      const [column, rowsLeft] = [writer.integer(), writer.integer()];
      const [from, to, element] = [writer.integer(), writer.integer(), writer.integer()];
      const vectors = [writer.vector(), writer.vector()];
      const left = i32.subtract(parameter.columns.get, column.get);
      const [depthStep, columnStep] =
        contiguous === "rows"
          ? [parameter.step.get, i32.constant(floatBytes)]
          : [i32.constant(floatBytes), parameter.step.get];

      const gather = (vector: Local, index: number): Code =>
        contiguous === "rows"
          ? vector.set(f32x4.load(from.get, index * 16))
          : sequence(
              ...Array.from({ length: 4 }, (_, lane) =>
                sequence(
                  vector.set(
                    lane === 0 ? f32x4.loadOne(element.get) : f32x4.loadLane(element.get, vector.get, lane),
                  ),
                  advance(element, columnStep),
                ),
              ),
            );
      const row = (count: number): Code =>
        sequence(
          element.set(from.get),
          ...vectors.slice(0, count).map(gather),
          ...vectors.slice(0, count).map((vector, index) => f32x4.store(to.get, vector.get, index * 16)),
        );
      const rowOfLeft = sequence(
        element.set(from.get),
        ...Array.from({ length: 3 }, (_, lane) =>
          when(
            i32.lessThan(i32.constant(lane), left),
            sequence(
              f32x4.storeOne(to.get, f32x4.loadOne(element.get), lane * floatBytes),
              advance(element, columnStep),
            ),
          ),
        ),
      );
      const panel = (channels: number, body: Code): Code =>
        sequence(
          from.set(i32.add(parameter.source.get, i32.multiply(column.get, columnStep))),
          to.set(
            i32.add(
              parameter.target.get,
              i32.multiply(parameter.firstRow.get, i32.constant(channels * floatBytes)),
            ),
          ),
          rowsLeft.set(parameter.depth.get),
          countDown(
            rowsLeft,
            sequence(body, advance(from, depthStep), advance(to, i32.constant(channels * floatBytes))),
          ),
          advance(
            parameter.target,
            i32.multiply(parameter.panelDepth.get, i32.constant(channels * floatBytes)),
          ),
          column.set(i32.add(column.get, i32.constant(channels))),
        );
      return sequence(
        column.set(i32.constant(0)),
        whileLoop(i32.lessOrEqual(i32.constant(panelChannels), left), panel(panelChannels, row(2))),
        when(i32.lessOrEqual(i32.constant(4), left), panel(4, row(1))),
        when(i32.lessThan(i32.constant(0), left), panel(4, rowOfLeft)),
      );
    },
  );

export const packFilterRoutines = [packFilter("rows"), packFilter("columns")];
