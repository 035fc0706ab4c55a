import { create, type Selection } from "d3";
import type { Connection } from "../../architecture/costs/connections.js";
import type { Description } from "../../architecture/costs/description.js";
import { connectionWords } from "../diagram/blockSentence.js";
import { kindNames } from "../diagram/blockShape.js";
import { levelInk } from "../diagram/levelColour.js";
import { operationWords } from "../diagram/operationWords.js";
import { quantity } from "../tables/quantity.js";

type Box = Selection<HTMLElement, undefined, null, undefined>;

/** What there is to know of one block: size, cost, where it reads from and how; of the whole network where none is chosen. */
export function blockDetail(description: Description, id: number | null): HTMLElement {
  const box = create<HTMLElement>("div").attr("class", "block-detail");
  if (id === null) drawWhole(box, description);
  else drawOne(box, description, id);
  return box.node()!;
}

function drawWhole(box: Box, { model, size, classes, parameters, multiplyAdds, blocks }: Description): void {
  box.append("p").attr("class", "what").text(model);
  facts(box, [
    ["input", `${size.join("×")} px, ${classes} classes`],
    ["blocks", String(blocks.length)],
    ["parameters", quantity(parameters.trainable)],
    ["multiply-adds", quantity(multiplyAdds)],
  ]);
  box
    .append("p")
    .attr("class", "hint")
    .text(
      "Tap a block, or reach the drawing by Tab and go from block to block by arrow keys. Enter lifts a block; arrow keys then move it in order and level.",
    );
}

function drawOne(box: Box, description: Description, id: number): void {
  const { blocks, connections } = description;
  const { kind, level, shape, repeats, parameters, multiplyAdds, output, used } = blocks[id]!;
  const what = box.append("p").attr("class", "what").style("color", levelInk(level)).text(`Block ${id}`);
  const words = [kindNames[kind], `level ${level}`, ...(repeats > 1 ? [`repeated ${repeats} times`] : [])];
  if (output) words.push(`output P${output}`);
  if (!used) words.push("reaches no output, so it is never computed");
  what.append("span").text(words.join(", "));
  facts(box, [
    ["shape", shape.join("×")],
    ["parameters", quantity(parameters.trainable)],
    ["multiply-adds", `${quantity(multiplyAdds)} (${share(multiplyAdds, description.multiplyAdds)})`],
  ]);
  const list = box.append("ul");
  for (const connection of connections.filter(({ to }) => to === id)) {
    const item = list.append("li");
    item.append("strong").text(`from ${connection.from}, ${connectionWords(connection)}`);
    item.append("span").text(operationsOf(connection));
  }
  const children = connections.filter(({ from }) => from === id);
  if (children.length > 0) {
    const item = list.append("li");
    item.append("strong").text("read by");
    item.append("span").text(children.map((child) => `${child.to}, ${connectionWords(child)}`).join("; "));
  }
}

function facts(box: Box, pairs: readonly (readonly [string, string])[]): void {
  const list = box.append("dl");
  for (const [term, value] of pairs) {
    const pair = list.append("div");
    pair.append("dt").text(term);
    pair.append("dd").text(value);
  }
}

function operationsOf({ operations, ratio, parameters }: Connection): string {
  if (operations.length === 0) return "";
  const words = operations.map(
    (operation) => `${operationWords({ ...operation, times: ratio })}: ${operation.output.join("×")}`,
  );
  return `${words.join(" → ")} (${quantity(parameters.trainable)} parameters)`;
}

function share(part: number, whole: number): string {
  return `${((100 * part) / whole).toFixed(1)}%`;
}
