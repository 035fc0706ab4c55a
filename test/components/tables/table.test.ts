import "../../dom.js";

import { describe, expect, it } from "vitest";
import { numbers, scrollingTable, table } from "../../../src/components/tables/table.js";

const columns = ["network", numbers("AP")];

describe("table(options)", () => {
  it("has a header for each column and each row, and sets numbers flush right", () => {
    const drawn = table({ caption: "Networks", columns, rows: [["SpineNet-49", "42.8"]] });
    expect(drawn.outerHTML).toBe(
      "<table><caption>Networks</caption>" +
        '<thead><tr><th scope="col">network</th><th scope="col" class="number">AP</th></tr></thead>' +
        '<tbody><tr><th scope="row">SpineNet-49</th><td class="number">42.8</td></tr></tbody></table>',
    );
  });

  it("puts groups of rows below titles as wide as the table", () => {
    const groups = [
      { title: "learned", rows: [["SpineNet-49", 42.8]] },
      { title: "by hand", rows: [["ResNet-50-FPN", 39.2]] },
    ];
    const drawn = table({ caption: "Networks", columns, groups });
    const titles = [...drawn.querySelectorAll<HTMLTableCellElement>("th[scope=rowgroup]")];
    expect(titles.map(({ textContent, colSpan }) => [textContent, colSpan])).toEqual([
      ["learned", 2],
      ["by hand", 2],
    ]);
    expect(drawn.tBodies).toHaveLength(2);
  });

  it("lets a row carry a class and data, and a cell be filled by a function", () => {
    const drawn = table({
      caption: "Networks",
      columns,
      rows: [
        { className: "whole", data: { id: 3, part: undefined }, cells: ["x", (cell) => cell.append("b")] },
      ],
    });
    expect(drawn.querySelector("tbody tr")?.outerHTML).toBe(
      '<tr class="whole" data-id="3"><th scope="row">x</th><td class="number"><b></b></td></tr>',
    );
  });

  it("takes a caption that the page shows elsewhere as its label", () => {
    const drawn = table({ caption: "Networks", captionShown: false, columns, rows: [] });
    expect(drawn.querySelector("caption")).toBeNull();
    expect(drawn.getAttribute("aria-label")).toBe("Networks");
  });
});

describe("scrollingTable(options)", () => {
  it("scrolls in a region that the keyboard reaches and that bears the table's name", () => {
    const region = scrollingTable({ className: "networks", caption: "Networks", columns });
    expect(region.outerHTML.slice(0, region.outerHTML.indexOf("<table"))).toBe(
      '<div class="scroll networks" role="region" tabindex="0" aria-label="Networks">',
    );
  });
});
