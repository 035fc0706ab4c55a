import * as aq from "arquero";
import { modelByName, modelNames } from "../../src/architecture/families/modelByName.js";
import type { DamagedName, PresetName } from "../../src/architecture/families/presets.js";
import type { PermuteData, PublishedNetwork } from "../../src/pageData/permute.js";
import { loadPublished, type PublishedRow } from "../records/publishedTables.js";
import { rowsOf } from "./rowsOf.js";

/** How data/reference names what was done to each damaged graph. */
const damages: Readonly<Record<string, DamagedName>> = {
  "remove the short-range edge of each block": "r0-sp53-no-short",
  "remove the long-range edge of each block": "r0-sp53-no-long",
  "remove both, connect sequentially": "r0-sp53-sequential",
};

/**
 * What the paper prints of each network on the page: in Table 2 at the network's own size, under protocol B where
 * there is such a row; otherwise in Table 3, 9 or 8.
 */
export async function loadPermute(): Promise<PermuteData> {
  const onVal = "COCO val2017, protocol A";
  const size = new Map<string, number>(modelNames.map((name) => [name, modelByName(name).inputSize[0]]));
  const detection = aq
    .from(await loadPublished("detection-test-dev"))
    .filter(
      aq.escape(
        ({ modelId, resolution }: PublishedRow<"detection-test-dev">) =>
          resolution === size.get(modelId ?? ""),
      ),
    )
    .orderby(aq.escape(({ protocol }: PublishedRow<"detection-test-dev">) => protocol !== "B"))
    .derive({ measured: "d => 'COCO test-dev, protocol ' + d.protocol" });
  const printed = detection
    .concat(
      aq.from((await loadPublished("permuting-resnet")).map((row) => ({ ...row, measured: onVal }))),
      aq.from((await loadPublished("mobile")).map((row) => ({ ...row, measured: "COCO test-dev" }))),
      aq.from(
        (await loadPublished("graph-damage")).map((row) => ({
          ...row,
          modelId: damages[row.damage],
          model: `R0-SP53, ${row.damage}`,
          measured: onVal,
        })),
      ),
    )
    .filter("d => d.modelId != null")
    .dedupe("modelId")
    .select("modelId", "model", "multiplyAddsB", "parametersM", "AP", "measured", "source");
  const published = Object.fromEntries(
    rowsOf<PublishedNetwork & { readonly modelId: PresetName }>(printed).map(
      ({ modelId, multiplyAddsB = null, parametersM = null, ...row }) => [
        modelId,
        { ...row, multiplyAddsB, parametersM },
      ],
    ),
  );
  return { published };
}
