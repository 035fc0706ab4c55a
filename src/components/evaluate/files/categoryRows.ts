import { type ComparedResults, orNull } from "./comparedResults.js";

export interface CategoryRow {
  readonly name: string;
  readonly objects: number;
  /** One per results file; null where nothing is to be found. */
  readonly values: readonly (number | null)[];
}

export const categoryOrders = ["AP", "difference", "name", "objects"] as const;
type CategoryOrder = (typeof categoryOrders)[number];

export const orderTitles: Readonly<Record<CategoryOrder, string>> = {
  AP: "AP, highest first",
  difference: "difference, greatest first",
  name: "name",
  objects: "number of objects, most first",
};

/** Each class of the annotations, with its AP in each results file. */
export function categoryRows(compared: readonly ComparedResults[]): CategoryRow[] {
  const [first] = compared;
  return (first?.measured.categories ?? []).map(({ name, objects }, index) => ({
    name,
    objects,
    values: compared.map(({ measured }) => orNull(measured.perCategoryAP[index])),
  }));
}

/** Classes in an order, those without a value last; ties by name. */
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
