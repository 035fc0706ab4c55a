import { create } from "d3";
import { drawnToWidth } from "../../page/drawnToWidth.js";
import {
  type CategoryRow,
  categoryOrders,
  categoryRows,
  orderTitles,
  sortedCategories,
} from "./categoryRows.js";
import { categoryTable } from "./categoryTable.js";
import { type ComparedResults, namesOf } from "./comparedResults.js";
import { type BarRow, horizontalBars } from "./horizontalBars.js";
import { lazyDetails } from "./lazyDetails.js";
import { setLegend } from "./setLegend.js";

interface CategoryPanel {
  readonly element: HTMLElement;
  show(compared: readonly ComparedResults[]): void;
  /** Marks the class whose curve is shown; null marks none. */
  choose(name: string | null): void;
}

/** AP of each class as bars, sorted and searched by the reader, and as a table. @param picked a bar was pointed at */
export function categoryPanel(picked: (name: string) => void): CategoryPanel {
  const figure = create("figure").attr("class", "category-panel");
  const controls = figure.append("div").attr("class", "evaluation-controls");
  const select = controls.append("label").text("Sorted by ").append("select").attr("name", "category-order");
  const search = controls
    .append("label")
    .text("Find a class ")
    .append("input")
    .attr("type", "search")
    .attr("name", "category-search");
  const key = figure.append("div");
  const region = figure
    .append("div")
    .attr("class", "category-bars")
    .attr("role", "region")
    .attr("tabindex", 0)
    .attr("aria-label", "Bars of each class");
  const caption = figure.append("p").attr("class", "small").attr("role", "status");
  const details = lazyDetails("The classes as a table", () => categoryTable(compared));
  figure.append(() => details.element);

  let compared: readonly ComparedResults[] = [];
  let chosen: string | null = null;
  const draw = drawnToWidth(region.node()!, bars);
  select.on("change", draw);
  search.on("input", draw);
  return {
    element: figure.node()!,
    show(shown) {
      compared = shown;
      const orders = categoryOrders.filter((order) => order !== "difference" || shown.length > 1);
      const before = select.property("value");
      select
        .selectAll("option")
        .data(orders)
        .join("option")
        .attr("value", (order) => order)
        .text((order) =>
          order === "AP" && shown.length > 1 ? "AP of A, highest first" : orderTitles[order],
        );
      select.property("value", orders.find((order) => order === before) ?? "AP");
      key.selectChildren().remove();
      if (shown.length > 1) key.append(() => setLegend(namesOf(shown)));
      details.renew();
      draw();
    },
    choose(name) {
      if (name === chosen) return;
      chosen = name;
      draw();
    },
  };

  function bars(width: number): Element | null {
    const wanted = String(search.property("value")).trim().toLowerCase();
    const order = categoryOrders.find((one) => one === select.property("value")) ?? "AP";
    const all = categoryRows(compared);
    const rows = sortedCategories(all, order).filter(({ name }) => name.toLowerCase().includes(wanted));
    const count = `${rows.length === all.length ? "" : `${rows.length} of `}${all.length} classes`;
    caption.text(rows.length === 0 ? `No class is called “${wanted}”.` : `${count}.`);
    if (rows.length === 0) return null;
    return horizontalBars(rows.map(barOf), {
      width,
      most: 1,
      title: "AP of each class",
      description: `${rows.length} classes by ${orderTitles[order]}. The table below says the same.`,
      without: "no objects",
      chosen,
      picked,
    });
  }
}

function barOf({ name, objects, values }: CategoryRow): BarRow {
  return { name, values, note: `${objects.toLocaleString("en-US")} ${objects === 1 ? "object" : "objects"}` };
}
