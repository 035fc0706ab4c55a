import type { ColumnTable } from "arquero";

/**
 * A table's rows as objects of the type that its verbs lead to.
 *
 * arquero's own types do not follow columns from verb to verb, so the caller names the type: this is the one cast
 * between its tables and ours, and every loader's output is tested.
 */
export function rowsOf<Row extends object>(table: ColumnTable): Row[] {
  return table.objects() as Row[];
}
