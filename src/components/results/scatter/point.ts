/** A detector of the figure of average precision against costs. */
export interface ApScatterPoint {
  /** Tells it apart from all others; a table's row may have the same. */
  readonly id: string;
  readonly model: string;
  /** Short enough to stand beside the point. */
  readonly label: string;
  readonly family: string;
  /** Points of one family and series are joined by a line: models trained alike. */
  readonly series: string;
  readonly multiplyAddsB: number;
  readonly parametersM: number;
  /** Percent. */
  readonly AP: number;
  readonly source: string;
}
