import { type ModelName, modelByName, modelNames } from "../../src/architecture/families/named.js";
import type { DamagedName } from "../../src/architecture/families/presets.js";
import type { PermuteData, PublishedNetwork, PublishedNetworks } from "../../src/pageData/permute.js";
import { loadPublished, type PublishedRow } from "../records/publishedTables.js";

/** How data/reference names what was done to each damaged graph. */
const damages: Readonly<Record<DamagedName, string>> = {
  "r0-sp53-no-short": "remove the short-range edge of each block",
  "r0-sp53-no-long": "remove the long-range edge of each block",
  "r0-sp53-sequential": "remove both, connect sequentially",
};

/** What the paper prints of each network on the page. */
export async function loadPermute(): Promise<PermuteData> {
  return {
    published: publishedNetworks({
      detection: await loadPublished("detection-test-dev"),
      permuting: await loadPublished("permuting-resnet"),
      mobile: await loadPublished("mobile"),
      damage: await loadPublished("graph-damage"),
    }),
  };
}

/**
 * One row a network: of Table 2 the one at the network's own size, under protocol B where there is one; else of Table
 * 3, 9 or 8.
 */
export function publishedNetworks(tables: {
  readonly detection: readonly PublishedRow<"detection-test-dev">[];
  readonly permuting: readonly PublishedRow<"permuting-resnet">[];
  readonly mobile: readonly PublishedRow<"mobile">[];
  readonly damage: readonly PublishedRow<"graph-damage">[];
}): PublishedNetworks {
  const networks: PublishedNetworks = {};
  for (const name of modelNames) {
    const network =
      ofTable2(name, tables.detection) ?? ofTable3(name, tables.permuting) ?? ofTable9(name, tables.mobile);
    if (network) networks[name] = network;
  }
  for (const { damage, AP, source } of tables.damage) {
    for (const name of ["r0-sp53-no-short", "r0-sp53-no-long", "r0-sp53-sequential"] as const) {
      if (damages[name] !== damage) continue;
      const model = `R0-SP53, ${damage}`;
      networks[name] = {
        model,
        multiplyAddsB: null,
        parametersM: null,
        AP,
        measured: "COCO val2017, protocol A",
        source,
      };
    }
  }
  return networks;
}

function ofTable2(
  name: ModelName,
  rows: readonly PublishedRow<"detection-test-dev">[],
): PublishedNetwork | undefined {
  const [size] = modelByName(name).inputSize;
  const own = rows.filter(({ modelId, resolution }) => modelId === name && resolution === size);
  const row = own.find(({ protocol }) => protocol === "B") ?? own[0];
  if (!row) return undefined;
  const { model, multiplyAddsB, parametersM, AP, protocol, source } = row;
  return { model, multiplyAddsB, parametersM, AP, measured: `COCO test-dev, protocol ${protocol}`, source };
}

function ofTable3(
  name: ModelName,
  rows: readonly PublishedRow<"permuting-resnet">[],
): PublishedNetwork | undefined {
  const row = rows.find(({ modelId }) => modelId === name);
  if (!row) return undefined;
  const { model, multiplyAddsB, AP, source } = row;
  return { model, multiplyAddsB, parametersM: null, AP, measured: "COCO val2017, protocol A", source };
}

function ofTable9(name: ModelName, rows: readonly PublishedRow<"mobile">[]): PublishedNetwork | undefined {
  const row = rows.find(({ modelId }) => modelId === name);
  if (!row) return undefined;
  const { model, multiplyAddsB, parametersM, AP, source } = row;
  return { model, multiplyAddsB, parametersM, AP, measured: "COCO test-dev", source };
}
