import { create } from "d3";
import type { Cell, ResultsColumn } from "../../../pageData/resultsTable.js";
import { whenSized, widthOf } from "../../page/whenSized.js";
import { resultsTable } from "../../results/table.js";
import type { ComparedResults } from "./comparedResults.js";
import { precisionAt, scoreAt } from "./curveReading.js";
import { lazyDetails } from "./lazyDetails.js";
import { curveKinds, recallCurves } from "./recallCurves.js";

export interface CurvesPanel {
  readonly element: HTMLElement;
  show(compared: readonly ComparedResults[]): void;
  /** Shows a class's curves. */
  choose(name: string): void;
}

const everyClass = "";

/**
 * Precision-recall curves of a class, or their mean over classes, drawn and as a table.
 *
 * @param chosen told which class was chosen; null for the mean
 */
export function curvesPanel(chosen: (name: string | null) => void): CurvesPanel {
  const figure = create("figure").attr("class", "curves-panel");
  const select = figure
    .append("div")
    .attr("class", "evaluation-controls")
    .append("label")
    .text("Curves of ")
    .append("select")
    .attr("name", "curve-category");
  const drawing = figure.append("div");
  const details = lazyDetails("The curves as a table", table);
  figure.append(() => details.element);

  let compared: readonly ComparedResults[] = [];
  let width = 0;
  select.on("change", () => {
    draw();
    chosen(wanted() === everyClass ? null : wanted());
  });
  whenSized(drawing.node()!, (measured) => {
    if (measured !== width) draw();
  });
  return {
    element: figure.node()!,
    show(shown) {
      const before = wanted();
      compared = shown;
      const names = (shown[0]?.measured.categories ?? []).map(({ name }) => name);
      select
        .selectAll("option")
        .data([everyClass, ...names])
        .join("option")
        .attr("value", (name) => name)
        .text((name) => (name === everyClass ? "the mean over classes" : name));
      select.property("value", names.includes(before) ? before : everyClass);
      chosen(names.includes(before) ? before : null);
      draw();
    },
    choose(name) {
      select.property("value", name);
      draw();
      chosen(name);
    },
  };

  function wanted(): string {
    return String(select.property("value") ?? everyClass);
  }

  function category(): number | null {
    const index = (compared[0]?.measured.categories ?? []).findIndex(({ name }) => name === wanted());
    return index < 0 ? null : index;
  }

  function draw(): void {
    details.renew();
    drawing.selectChildren().remove();
    if (compared.length === 0) return;
    width = widthOf(drawing.node()!);
    const of = wanted() === everyClass ? "mean over classes" : wanted();
    const curves = compared.flatMap(({ measured }, set) =>
      curveKinds.map((kind) => ({ kind, set, precision: precisionAt(measured, kind, category()) })),
    );
    drawing.append(() =>
      recallCurves(curves, {
        width: Math.min(width, 760),
        title: `Precision against recall, ${of}`,
        description: "The table below says the same.",
        sets: compared.map(({ letter, name }) => `${letter}, ${name}`),
      }),
    );
  }

  function table(): HTMLElement {
    const index = category();
    const named = (what: string, letter: string) => (compared.length > 1 ? `${what}, ${letter}` : what);
    const cells: { column: ResultsColumn; values: readonly Cell[] }[] = compared.flatMap(
      ({ letter, measured }) => [
        ...curveKinds.map((kind) => ({
          column: columnOf(`${letter} ${kind}`, named(`IoU ${kind}`, letter)),
          values: precisionAt(measured, kind, index),
        })),
        ...(index === null
          ? []
          : [
              {
                column: columnOf(`${letter} score`, named(`Score at IoU ${curveKinds[0]}`, letter)),
                values: scoreAt(measured, index),
              },
            ]),
      ],
    );
    const recalls = compared[0]?.measured.recallThresholds ?? [];
    const rows = recalls.flatMap((recall, at) => {
      // Every tenth of them tells the curve.
      if (at % 10 !== 0) return [];
      return [
        {
          recall: recall.toFixed(1),
          ...Object.fromEntries(cells.map(({ column, values }) => [column.key, values[at] ?? null])),
        },
      ];
    });
    return resultsTable(rows, {
      columns: [{ key: "recall", label: "Recall", origin: "text" }, ...cells.map(({ column }) => column)],
      caption: `Precision at each recall, ${index === null ? "mean over classes" : wanted()}`,
      ...(index === null
        ? {}
        : { about: "The score is that of the detection with which the recall is reached." }),
    });
  }
}

const columnOf = (key: string, label: string): ResultsColumn => ({
  key,
  label,
  origin: "setting",
  decimals: [3, 3],
});
