import type { Description, PyramidDescription } from "../../architecture/costs/description.js";
import { sentenceList } from "../../architecture/model/sentenceList.js";
import { kindNames } from "../diagram/blockShape.js";
import { plainTable } from "../tables/plainTable.js";

/** What two drawings of networks show, block by block in the order of computation. */
export function networkPairTable(descriptions: readonly [Description, Description]): HTMLElement {
  const most = Math.max(...descriptions.map(({ blocks }) => blocks.length));
  const levels = [
    ...new Set(descriptions.flatMap(({ pyramid }) => pyramid.map(({ level }) => level))),
  ].sort();
  return plainTable({
    caption: `${sentenceList(descriptions.map(({ model }) => model))}, block by block`,
    columns: ["block", ...descriptions.map(({ model }) => model)],
    rows: [
      ...Array.from({ length: most }, (_, id) => [
        String(id),
        ...descriptions.map((description) => blockWords(description, id)),
      ]),
      ...levels.map((level) => [
        `P${level}`,
        ...descriptions.map(({ pyramid }) => mapWords(pyramid.find((map) => map.level === level))),
      ]),
    ],
  });
}

function blockWords({ blocks }: Description, id: number): string {
  const block = blocks[id];
  if (!block) return "";
  const { level, kind, parents, dangling } = block;
  const from = parents.length === 0 ? "from the stem" : `from ${sentenceList(parents)}`;
  const added = dangling.length === 0 ? "" : `, and ${sentenceList(dangling)} as it is`;
  return `L${level} ${kindNames[kind]}, ${from}${added}`;
}

function mapWords(map: PyramidDescription | undefined): string {
  if (!map) return "";
  const block = map.block === undefined ? [] : [`block ${map.block}`];
  return `from ${sentenceList([...block, ...(map.from === undefined ? [] : [`P${map.from}`])])}`;
}
