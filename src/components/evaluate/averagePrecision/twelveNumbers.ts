import { summaryStats } from "../../../coco/summarise.js";
import { numbers, scrollRegion, table } from "../../tables/table.js";
import { exampleCategories } from "./example.js";
import type { ApStore } from "./store.js";
import { fractionText } from "./words.js";

const limits = { first: 1, second: 10, last: 100 } as const;

/** COCO's twelve numbers of the example, of each class and over both. */
export function twelveNumbers(store: ApStore): HTMLElement {
  const caption = "The twelve numbers as a table";
  const region = scrollRegion(caption, "twelve-numbers");
  store.follow(({ measure }) => {
    const columns = [...measure.categoryStats, measure.stats];
    const rows = summaryStats.map(({ name, measure, iou, area, detections }, line) => [
      name,
      measure,
      iou?.toFixed(2) ?? "all ten",
      area,
      limits[detections],
      ...columns.map((stats) => fractionText(stats[line]!)),
    ]);
    region.replaceChildren(
      table({
        caption,
        captionShown: false,
        columns: [
          ...["Number", "Mean of", "IoU", "Objects"],
          ...["An image’s best", ...exampleCategories, "both"].map(numbers),
        ],
        rows,
      }),
    );
  });
  return region;
}
