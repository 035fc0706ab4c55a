import { create } from "d3";
import { errorParameters, errorTypeNames } from "../../../coco/errors/errorTypes.js";
import { drawnToWidth } from "../../page/drawnToWidth.js";
import { type ComparedResults, errorSum, namesOf } from "./comparedResults.js";
import { costliestTables, errorTable } from "./errorTables.js";
import { horizontalBars } from "./horizontalBars.js";
import { lazyDetails } from "./lazyDetails.js";
import { setLegend } from "./setLegend.js";

interface ErrorsPanel {
  readonly element: HTMLElement;
  show(compared: readonly ComparedResults[]): void;
}

/** What each kind of error costs, as bars and as a table, and the single detections that cost most. */
export function errorsPanel(): ErrorsPanel {
  const figure = create("figure").attr("class", "errors-panel");
  const key = figure.append("div");
  const drawing = figure.append("div");
  figure
    .append("figcaption")
    .text(
      `AP gained at IoU ${errorParameters.foreground.toFixed(2)} if every error of this type were fixed and the others left; at the right, the number of errors. ` +
        `The best ${errorParameters.maxDetections} detections per image count. The costs do not add up to what AP lacks.`,
    );
  const table = lazyDetails("The kinds of errors as a table", () => errorTable(explained));
  const listed = lazyDetails("The detections that cost most", () => costliestTables(explained));
  figure.append(() => table.element);
  figure.append(() => listed.element);

  let explained: readonly ComparedResults[] = [];
  const draw = drawnToWidth(drawing.node()!, bars);
  return {
    element: figure.node()!,
    show(compared) {
      explained = compared.filter(({ errors }) => errors !== null);
      figure.attr("hidden", explained.length === 0 ? "" : null);
      key.selectChildren().remove();
      if (explained.length > 1) key.append(() => setLegend(namesOf(explained)));
      table.renew();
      listed.renew();
      draw();
    },
  };

  function bars(width: number): Element | null {
    if (explained.length === 0) return null;
    const rows = errorTypeNames.map((name) => {
      const sums = explained.map((results) => errorSum(results, name));
      return {
        name,
        values: sums.map((sum) => sum?.cost ?? null),
        note: sums.map((sum) => (sum?.count ?? 0).toLocaleString("en-US")).join(" and "),
      };
    });
    return horizontalBars(rows, {
      width: Math.min(width, 760),
      title: "What errors cost, by kind",
      description: "The number of errors is at the right. The table below says the same.",
    });
  }
}
