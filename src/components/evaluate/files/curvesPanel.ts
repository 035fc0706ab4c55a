import { create } from "d3";
import { shownText } from "../../../text/shownText.js";
import { drawnToWidth } from "../../page/drawnToWidth.js";
import { type ComparedResults, namesOf } from "./comparedResults.js";
import { classTitle, precisionAt } from "./curveReading.js";
import { curvesTable } from "./curvesTable.js";
import { lazyDetails } from "./lazyDetails.js";
import { curveKinds, recallCurves } from "./recallCurves.js";

interface CurvesPanel {
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
  const details = lazyDetails("The curves as a table", () => curvesTable(compared, category()));
  figure.append(() => details.element);

  let compared: readonly ComparedResults[] = [];
  const draw = drawnToWidth(drawing.node()!, curves);
  const redraw = () => {
    details.renew();
    draw();
    chosen(wanted() === everyClass ? null : wanted());
  };
  select.on("change", redraw);
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
        .text((name) => (name === everyClass ? "the mean over classes" : shownText(name)));
      select.property("value", names.includes(before) ? before : everyClass);
      redraw();
    },
    choose(name) {
      select.property("value", name);
      redraw();
    },
  };

  function wanted(): string {
    return String(select.property("value") ?? everyClass);
  }

  function category(): number | null {
    const index = (compared[0]?.measured.categories ?? []).findIndex(({ name }) => name === wanted());
    return index < 0 ? null : index;
  }

  function curves(width: number): Element | null {
    if (compared.length === 0) return null;
    const drawn = compared.flatMap(({ measured }, set) =>
      curveKinds.map((kind) => ({ kind, set, precision: precisionAt(measured, kind, category()) })),
    );
    return recallCurves(drawn, {
      width: Math.min(width, 760),
      title: `Precision against recall, ${classTitle(compared, category())}`,
      description: "The table below says the same.",
      sets: namesOf(compared),
    });
  }
}
