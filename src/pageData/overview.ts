/** What the overview opens with. */
export interface OverviewData {
  readonly headlines: readonly Headline[];
}

/** A number worth large type. */
export interface Headline {
  readonly value: string;
  readonly label: string;
  readonly source: string;
  /** The section of /results that lists it in a table, by the id of its heading. */
  readonly section: string;
}
