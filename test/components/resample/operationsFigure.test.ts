import "../../dom.js";
import { describe, expect, it } from "vitest";
import { descriptionOf } from "../../../src/architecture/costs/description.js";
import { modelByName } from "../../../src/architecture/families/modelByName.js";
import { connectionCosts } from "../../../src/components/resample/connectionCosts.js";
import { operationsFigure } from "../../../src/components/resample/operationsFigure.js";
import { operationsTable } from "../../../src/components/resample/operationsTable.js";
import { expectGolden } from "../../golden.js";

const model = modelByName("spinenet-49");
const connection = descriptionOf(model).connections.find(({ from, to }) => from === 5 && to === 15)!;
const steps = connection.operations;
const texts = (element: Element, selector: string) =>
  [...element.querySelectorAll(selector)].map(({ textContent }) => textContent);

describe("the steps of a connection", () => {
  it("are drawn to scale, across and down", () => {
    const levels = [4, 7] as const;
    const across = operationsFigure(steps, { width: 960, levels, title: "Connection 5 → 15" });
    expectGolden("edge-steps", across.outerHTML);
    expectGolden(
      "edge-steps-narrow",
      operationsFigure(steps, { width: 340, levels, title: "5 → 15" }).outerHTML,
    );
    expect(across.getAttribute("aria-label")).toBe(
      "Connection 5 → 15: 5 steps, 412,160 parameters, 272\u00a0M multiply-adds. The table below says the same.",
    );
    // 0.7 px a cell
    const sides = [...across.querySelectorAll("rect")].map((rect) => Number(rect.getAttribute("width")));
    expect(sides).toEqual([28, 28, 14, 7, 3.5, 3.5]);
  });

  it("stand in a table with their exact costs, and all together", () => {
    const table = operationsTable(steps, "Connection 5 → 15");
    expect(texts(table, "tbody th")).toEqual([
      "1×1 convolution, batch norm, activation",
      "3×3 convolution, stride 2, batch norm, activation",
      "3×3 max pool, stride 2",
      "3×3 max pool, stride 2",
      "1×1 convolution, batch norm",
      "together",
    ]);
    expect(texts(table, "tbody tr:first-child td")).toEqual([
      ...["40×40×1024", "40×40×128", "131,328", "209,715,200"],
    ]);
    expect(texts(table, "tbody tr:last-child td.number")).toEqual(["412,160", "271,974,400"]);
  });

  it("stand beside what the alternatives cost", () => {
    const table = connectionCosts([steps], "otherwise");
    // 235,929,600 / 271,974,400; 9,439,232 / 412,160; 5,478,809,600 / 271,974,400
    expect(texts(table, "tbody tr:first-child td")).toEqual(["272\u00a0M", "412,160"]);
    expect(texts(table, "tbody tr:nth-child(2) td")).toEqual([
      "236\u00a0M 0.9 times",
      "9.44\u00a0M 22.9 times",
    ]);
    expect(texts(table, "tbody tr:nth-child(3) td")[0]).toBe("5.48\u00a0B 20.1 times");
  });
});
