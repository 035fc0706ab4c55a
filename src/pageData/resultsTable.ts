/** A cell as a page shows it; null where its source prints nothing. */
export type Cell = string | number | null;

export type ResultsRow = Readonly<Record<string, Cell>>;

export interface ResultsColumn {
  /** The key of its cells in a row. */
  readonly key: string;
  readonly label: string;
  /** Shown small under the label. */
  readonly unit?: string;
  /**
   * Where its cells come from: "computed" and "measured" numbers are this project's, and the header says so; a
   * "setting" is a number that was chosen, such as a seed.
   */
  readonly origin?: "text" | "setting" | "published" | "computed" | "measured";
  /** Fewest and most decimals shown; the cell as it is when absent. */
  readonly decimals?: readonly [least: number, most: number];
  /** How two of its cells are compared; absent where comparing them would be meaningless. */
  readonly comparison?: "difference" | "ratio";
}

/** A table that can be filtered, whose rows are told apart by their cells `id`. */
export interface ResultsTable<Row extends ResultsRow = ResultsRow> {
  readonly caption: string;
  /** What holds for every row: data, split, protocol. */
  readonly about: string;
  readonly columns: readonly ResultsColumn[];
  readonly rows: readonly Row[];
  /** Keys to filter by, whether or not they are columns. */
  readonly choices?: readonly { readonly key: string; readonly label: string }[];
  /** For a row's `id` and a column's key, what another source says of that cell. */
  readonly remarks?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}
