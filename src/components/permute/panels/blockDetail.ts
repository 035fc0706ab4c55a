import { html } from "htl";
import type { Connection } from "../../../architecture/costs/connections.js";
import type { Description } from "../../../architecture/costs/description.js";
import { connectionWords } from "../../diagram/blockSentence.js";
import { kindNames } from "../../diagram/blockShape.js";
import { levelInk } from "../../diagram/levelColour.js";
import { operationWords } from "../../diagram/operationWords.js";
import { quantity } from "../../tables/quantity.js";

/** The size, cost and connections of one block, or the totals of the network where none is chosen. */
export function blockDetail(description: Description, id: number | null): HTMLElement {
  return id === null ? networkDetail(description) : detailOf(description, id);
}

function networkDetail({ model, size, classes, parameters, multiplyAdds, blocks }: Description): HTMLElement {
  return html`<div class="block-detail">
    <p class="what">${model}</p>
    ${facts([
      ["input", `${size.join("×")} px, ${classes} classes`],
      ["blocks", String(blocks.length)],
      ["parameters", quantity(parameters.trainable)],
      ["multiply-adds", quantity(multiplyAdds)],
    ])}
    <p class="hint">Tap a block, or press Tab to reach the drawing and the arrow keys to go from block to block. Enter lifts a block; arrow keys then move it in order and level.</p>
  </div>`;
}

function detailOf(description: Description, id: number): HTMLElement {
  const { blocks, connections } = description;
  const { kind, level, shape, repeats, parameters, multiplyAdds, output, used } = blocks[id]!;
  const words = [kindNames[kind], `level ${level}`, ...(repeats > 1 ? [`repeated ${repeats} times`] : [])];
  if (output) words.push(`output P${output}`);
  if (!used) words.push("reaches no output, so it is never computed");
  const children = connections.filter(({ from }) => from === id);
  const readers = children.map((child) => `${child.to}, ${connectionWords(child)}`).join("; ");
  return html`<div class="block-detail">
    <p class="what" style=${{ color: levelInk(level) }}>Block ${id}<span>${words.join(", ")}</span></p>
    ${facts([
      ["shape", shape.join("×")],
      ["parameters", quantity(parameters.trainable)],
      ["multiply-adds", `${quantity(multiplyAdds)} (${share(multiplyAdds, description.multiplyAdds)})`],
    ])}
    <ul>
      ${connections
        .filter(({ to }) => to === id)
        .map(
          (connection) =>
            html`<li><strong>from ${connection.from}, ${connectionWords(connection)}</strong><span>${operationsOf(connection)}</span></li>`,
        )}
      ${readers === "" ? null : html`<li><strong>read by</strong><span>${readers}</span></li>`}
    </ul>
  </div>`;
}

function facts(pairs: readonly (readonly [string, string])[]): HTMLElement {
  return html`<dl>${pairs.map(([term, value]) => html`<div><dt>${term}</dt><dd>${value}</dd></div>`)}</dl>`;
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
