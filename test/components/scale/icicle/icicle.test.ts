import { afterEach, describe, expect, it, vi } from "vitest";
import { costTree, pathTo } from "../../../../src/architecture/costs/costTree.js";
import { modelByName } from "../../../../src/architecture/families/modelByName.js";
import { type IcicleOptions, icicle } from "../../../../src/components/scale/icicle/icicle.js";
import { icicleLayout } from "../../../../src/components/scale/icicle/layout.js";
import { operation, percentage } from "../../../../src/components/scale/icicle/words.js";
import { document } from "../../../dom.js";
import { expectGolden } from "../../../golden.js";

const root = costTree(modelByName("spinenet-49"));

function shown(options: IcicleOptions = {}): HTMLElement {
  const figure = icicle(root, options);
  document.body.append(figure);
  return figure;
}
afterEach(() => document.body.replaceChildren());

const cell = (figure: HTMLElement, id: string): SVGGElement =>
  figure.querySelector<SVGGElement>(`.cell[data-id="${id}"]`)!;
const focused = (): string | undefined =>
  document.activeElement instanceof SVGElement ? document.activeElement.dataset.id : undefined;
const press = (...keys: readonly string[]): void => {
  for (const key of keys) {
    document.activeElement?.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
  }
};
const way = (figure: HTMLElement): string[] =>
  [...figure.querySelectorAll("nav li")].map(({ textContent }) => textContent);

describe("the layout of an icicle", () => {
  const frame = { width: 900, height: 500, columns: 3 };

  it("fills its height with the children of the open node, in proportion to their cost", () => {
    const first = icicleLayout(root, "parameters", frame).filter(({ depth }) => depth === 1);
    expect(first.reduce((sum, { height }) => sum + height, 0)).toBeCloseTo(500, 9);
    for (const { node, height } of first) {
      expect(height).toBeCloseTo((500 * node.parameters.trainable) / root.parameters.trainable, 9);
    }
  });

  it("sets what a node is made of beside it, between the same two lines", () => {
    const cells = icicleLayout(root, "multiplyAdds", frame);
    for (const { node, y, height } of cells) {
      const within = cells.filter(({ parent }) => parent === node.id);
      if (within.length === 0) continue;
      expect(within[0]!.y).toBeCloseTo(y, 6);
      expect(within.at(-1)!.y + within.at(-1)!.height).toBeCloseTo(y + height, 6);
    }
  });

  it("leaves out what costs nothing, and draws no column that would be empty", () => {
    const block = pathTo(root, "blocks/2").at(-1)!;
    const cells = icicleLayout(block, "multiplyAdds", frame);
    expect(cells.map(({ node }) => node.name)).toEqual(["conv1", "conv2", "conv3"]);
    expect(cells.every(({ x, width }) => x === 0 && width === 900)).toBe(true);
  });
});

describe("the icicle", () => {
  it("looks as it did", () => {
    expectGolden("icicle-spinenet-49", shown().querySelector("svg")!.outerHTML);
    expectGolden(
      "icicle-spinenet-49-block",
      shown({ open: "blocks/4", by: "parameters", width: 350 }).querySelector("svg")!.outerHTML,
    );
  });

  it("draws three generations where there is room, else two", () => {
    const deepest = (figure: HTMLElement): number =>
      Math.max(...[...figure.querySelectorAll(".cell")].map((one) => Number(one.getAttribute("aria-level"))));
    expect(deepest(shown())).toBe(3);
    expect(deepest(shown({ width: 350 }))).toBe(2);
  });

  it("says of each part what it is and costs", () => {
    expect(cell(shown(), "endpoints").getAttribute("aria-label")).toMatch(
      /^Endpoints: [\d.]+\u00a0B multiply-adds \(1\.6%\), 1\.18\u00a0M parameters \(4\.1%\)$/,
    );
  });

  it("lets Tab lead to one part, and arrow keys to the others", () => {
    const figure = shown();
    expect(figure.querySelectorAll('.cell[tabindex="0"]')).toHaveLength(1);
    expect(figure.querySelector(".icicle-drawing")!.getAttribute("tabindex")).toBe("-1");
    cell(figure, "stem").focus();
    press("ArrowDown");
    expect(focused()).toBe("blocks");
    press("ArrowRight");
    expect(focused()).toBe("blocks/0");
    press("ArrowDown", "ArrowRight");
    expect(focused()).toBe("block1/conv1");
    press("ArrowLeft", "ArrowLeft", "End");
    expect(focused()).toBe("head");
    press("Home");
    expect(focused()).toBe("stem");
    press("ArrowUp", "ArrowLeft");
    expect(focused()).toBe("stem");
  });

  it("opens by Enter down to single layers, and goes back to where it was", () => {
    const changed = vi.fn();
    const figure = shown({ changed });
    cell(figure, "blocks").focus();
    press("Enter");
    expect(way(figure)).toEqual(["SpineNet-49", "Blocks"]);
    expect(focused()).toBe("blocks/0");
    press("ArrowDown", "Enter");
    expect(way(figure)).toEqual(["SpineNet-49", "Blocks", "Block 1"]);
    press("Enter");
    expect(way(figure)).toHaveLength(3);
    press("Escape");
    expect(focused()).toBe("blocks/1");
    press("Backspace");
    expect(focused()).toBe("blocks");
    press("Escape");
    expect(changed.mock.calls.map(([{ open }]) => open)).toEqual(["blocks", "blocks/1", "blocks", "network"]);
  });

  it("opens by click, in its drawing and in its table, and goes back by the path above", () => {
    const figure = shown();
    cell(figure, "head/class").dispatchEvent(new MouseEvent("click", { bubbles: true }));
    expect(way(figure)).toEqual(["SpineNet-49", "Head", "Classes"]);
    figure.querySelector<HTMLButtonElement>("table button")!.click();
    expect(way(figure)).toEqual(["SpineNet-49", "Head", "Classes", "Convolution 1"]);
    expect(document.activeElement?.getAttribute("role")).toBe("region");
    figure.querySelector<HTMLButtonElement>("nav button")!.click();
    expect(way(figure)).toEqual(["SpineNet-49"]);
    expect(focused()).toBe("head");
  });

  it("shows parameters where they are asked for", () => {
    const changed = vi.fn();
    const figure = shown({ changed, open: "blocks" });
    const height = (): string | null =>
      cell(figure, "blocks/15").querySelector(".shape")!.getAttribute("height");
    const before = height();
    const [, parameters] = figure.querySelectorAll<HTMLInputElement>("input");
    parameters!.click();
    expect(Number(height())).toBeGreaterThan(Number(before));
    expect(changed).toHaveBeenLastCalledWith({ open: "blocks", by: "parameters" });
  });

  it("has a table of the open node's parts, those without cost and the whole too", () => {
    const figure = shown({ open: "head/class/0" });
    const rows = [...figure.querySelectorAll("tbody tr")].map((row) =>
      [...row.children].map(({ textContent }) => textContent),
    );
    // Three layers at each of five levels, then all together.
    expect(rows).toHaveLength(16);
    expect(rows[0]).toEqual([
      "class0, level 3",
      "3×3 convolution",
      "80×80×256",
      "3.77\u00a0B",
      "4.4%",
      "590,080",
      "2.1%",
    ]);
    expect(rows[3]?.slice(5)).toEqual(["shared", "0%"]);
    expect(rows[15]?.[0]).toBe("together");
  });

  it("refuses to open what is not there", () => {
    expect(() => icicle(root, { open: "blocks/99" })).toThrow('SpineNet-49 has no part "blocks/99"');
  });
});

describe("words of the icicle", () => {
  it("give a share to two digits, and say where it is too small for one", () => {
    expect([percentage(1, 4), percentage(41, 1000), percentage(1, 10_000), percentage(0, 5)]).toEqual([
      "25%",
      "4.1%",
      "<0.1%",
      "0%",
    ]);
  });

  it("say what a layer does", () => {
    const words = (id: string): string => operation(pathTo(root, id).at(-1)!.layer!);
    expect(words("stem/conv")).toBe("7×7 convolution, stride 2");
    expect(words("stem/pool")).toBe("3×3 max pool, stride 2");
    expect(words("block2/fuse")).toBe("sum");
  });
});
