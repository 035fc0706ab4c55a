/** What any file may cost, and what each of its rows adds: COCO's own outlines cost 250 on average. */
const atFirst = 2 ** 25;
const perRow = 50_000;

/**
 * Bounds the work of turning outlines into masks. It is one step for each column of pixels that an edge crosses, so a few
 * long edges on a wide image cost what a million outlines of photographs do; with this bound, the work stays in proportion
 * to the length of the file.
 */
export class OutlineBudget {
  private left = atFirst;

  /**
   * Takes what one row's outlines cost.
   *
   * @throws Error whose message is a clause that starts with the field
   */
  spend(columns: number, field: string): void {
    this.left += perRow;
    if (columns > this.left) {
      throw new Error(
        `${field}: crosses ${columns.toLocaleString("en-US")} columns of pixels, more than the ` +
          `${this.left.toLocaleString("en-US")} left for it; expected outlines with fewer or shorter edges, or a smaller image`,
      );
    }
    this.left -= columns;
  }
}
