import { create } from "d3";
import type { ResultsColumn } from "../../../pageData/resultsTable.js";
import { whenSized, widthOf } from "../../page/whenSized.js";
import { resultsTable } from "../../results/table.js";
import type { ComparedResults } from "./comparedResults.js";
import { type BarRow, horizontalBars } from "./horizontalBars.js";
import { lazyDetails } from "./lazyDetails.js";
import { setKey } from "./setKey.js";

export interface CategoryRow {
  readonly name: string;
  readonly objects: number;
  /** One a results file; null where there is nothing to be found. */
  readonly values: readonly (number | null)[];
}

export const categoryOrders = ["AP", "difference", "name", "objects"] as const;
export type CategoryOrder = (typeof categoryOrders)[number];

const orderTitles: Readonly<Record<CategoryOrder, string>> = {
  AP: "AP, highest first",
  difference: "difference, greatest first",
  name: "name",
  objects: "number of objects, most first",
};

export interface CategoryPanel {
  readonly element: HTMLElement;
  show(compared: readonly ComparedResults[]): void;
  /** Marks the class whose curve is shown; null marks none. */
  choose(name: string | null): void;
}

/** Each class of the annotations, with its AP in each results file. */
export function categoryRows(compared: readonly ComparedResults[]): CategoryRow[] {
  const [first] = compared;
  return (first?.measured.categories ?? []).map(({ name, objects }, index) => ({
    name,
    objects,
    values: compared.map(({ measured }) => {
      const value = measured.perCategoryAP[index] ?? -1;
      return value < 0 ? null : value;
    }),
  }));
}

/** Classes in an order, those without a value last; of equal ones by name. */
export function sortedCategories(rows: readonly CategoryRow[], order: CategoryOrder): CategoryRow[] {
  const rank = ({ objects, values }: CategoryRow): number => {
    const [a, b] = values;
    if (order === "name") return 0;
    if (order === "objects") return -objects;
    if (order === "AP") return a == null ? 2 : -a;
    return a == null || b == null ? 2 : -Math.abs(b - a);
  };
  return rows.toSorted((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name, "en", { numeric: true }));
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
  const details = lazyDetails("The classes as a table", table);
  figure.append(() => details.element);

  let compared: readonly ComparedResults[] = [];
  let chosen: string | null = null;
  let width = 0;
  select.on("change", draw);
  search.on("input", draw);
  whenSized(region.node()!, (measured) => {
    if (measured !== width) draw();
  });
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
      if (shown.length > 1) key.append(() => setKey(shown.map(({ letter, name }) => `${letter}, ${name}`)));
      details.renew();
      draw();
    },
    choose(name) {
      if (name === chosen) return;
      chosen = name;
      draw();
    },
  };

  function draw(): void {
    const wanted = String(search.property("value")).trim().toLowerCase();
    const order = categoryOrders.find((one) => one === select.property("value")) ?? "AP";
    const all = categoryRows(compared);
    const rows = sortedCategories(all, order).filter(({ name }) => name.toLowerCase().includes(wanted));
    region.selectChildren().remove();
    width = widthOf(region.node()!);
    if (rows.length > 0) {
      region.append(() =>
        horizontalBars(rows.map(barOf), {
          width,
          most: 1,
          title: "AP of each class",
          description: `${rows.length} classes by ${orderTitles[order]}. The table below says the same.`,
          without: "no objects",
          chosen,
          picked,
        }),
      );
    }
    const count = `${rows.length === all.length ? "" : `${rows.length} of `}${all.length} classes`;
    caption.text(rows.length === 0 ? `No class is called “${wanted}”.` : `${count}.`);
  }

  function table(): HTMLElement {
    const rows = categoryRows(compared).map(({ name, objects, values }, index) => ({
      name,
      objects,
      ...Object.fromEntries(
        compared.flatMap(({ letter, measured }, side) => [
          [letter, values[side] ?? null],
          [`detections ${letter}`, measured.categories[index]!.detections],
        ]),
      ),
      difference: values[0] == null || values[1] == null ? null : values[1] - values[0],
    }));
    const named = (what: string, letter: string) => (compared.length > 1 ? `${what} ${letter}` : what);
    const columns: ResultsColumn[] = [
      { key: "name", label: "Class", origin: "text" },
      { key: "objects", label: "Objects", origin: "setting", decimals: [0, 0] },
      ...compared.flatMap(({ letter }): ResultsColumn[] => [
        { key: letter, label: named("AP", letter), origin: "setting", decimals: [3, 3] },
        {
          key: `detections ${letter}`,
          label: named("Detections", letter),
          origin: "setting",
          decimals: [0, 0],
        },
      ]),
      ...(compared.length > 1
        ? [{ key: "difference", label: "B − A", origin: "setting", decimals: [3, 3] } as const]
        : []),
    ];
    return resultsTable(rows, { columns, caption: "AP of each class" });
  }
}

function barOf({ name, objects, values }: CategoryRow): BarRow {
  return { name, values, note: `${objects.toLocaleString("en-US")} ${objects === 1 ? "object" : "objects"}` };
}
