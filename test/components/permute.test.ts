import { afterEach, expect, describe as group, it, vi } from "vitest";
import { type ModelName, modelByName } from "../../src/architecture/families/named.js";
import { permute } from "../../src/components/permute.js";
import { document } from "../dom.js";

type Instrument = ReturnType<typeof permute>;

const published = {
  "spinenet-49": {
    model: "SpineNet-49",
    multiplyAddsB: 85.4,
    parametersM: 28.5,
    AP: 42.8,
    measured: "COCO test-dev, protocol B",
    source: "Table 2",
  },
};

const queries: string[] = [];

function open(query = ""): Instrument {
  const instrument = permute({ query, width: 960, published, changed: (next) => queries.push(next) });
  document.body.replaceChildren(instrument);
  return instrument;
}

const option = (instrument: Instrument, id: number): SVGElement =>
  instrument.querySelector<SVGElement>(`[role=option][data-id="${id}"]`)!;
const status = (instrument: Instrument): string =>
  instrument.querySelector("[role=status]")?.textContent ?? "";
const offer = (instrument: Instrument): HTMLButtonElement =>
  instrument.querySelector<HTMLButtonElement>(".status-line button")!;
const costs = (instrument: Instrument): string => instrument.querySelector(".cost-panel")?.textContent ?? "";
const row = (instrument: Instrument, id: number): string[] =>
  [...instrument.querySelectorAll(`.block-table tr[data-id="${id}"] > *`)].map(
    ({ textContent }) => textContent ?? "",
  );

function button(instrument: Instrument, name: string): HTMLButtonElement {
  const found = [...instrument.querySelectorAll("button")].find(
    (one) => one.getAttribute("aria-label") === name || one.textContent === name,
  );
  if (!found) throw new Error(`no button is called "${name}"`);
  return found;
}

function press(key: string, init: KeyboardEventInit = {}): void {
  document.activeElement?.dispatchEvent(
    new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...init }),
  );
}

function choose(select: HTMLSelectElement, value: string): void {
  select.value = value;
  select.dispatchEvent(new Event("change"));
}

const menu = (instrument: Instrument, name: string): HTMLSelectElement =>
  instrument.querySelector<HTMLSelectElement>(`select[aria-label="${name}"]`)!;

/** Long enough for a morph after an edit, or the address. */
const settled = () => new Promise((resolve) => setTimeout(resolve, 400));

afterEach(() => {
  queries.length = 0;
  vi.restoreAllMocks();
});

group("the instrument untouched", () => {
  it("shows SpineNet-49 with its costs beside ResNet-50-FPN's and the paper's", () => {
    const instrument = open();
    expect(instrument.value).toMatchObject({ preset: "spinenet-49", edited: false });
    expect(instrument.querySelectorAll("[role=option]")).toHaveLength(17);
    for (const part of ["28.5\u00a0M", "34.1\u00a0M", "85.3\u00a0B", "96.9\u00a0B", "85.4\u00a0B", "42.8"]) {
      expect(costs(instrument)).toContain(part);
    }
    expect(instrument.querySelectorAll(".rule-list li")).toHaveLength(4);
    expect(instrument.querySelectorAll(".rule-list .broken")).toHaveLength(0);
    expect(row(instrument, 14)[4]).toBe("7 down ÷2, 12 down ÷2, 11 added as it is +");
  });

  it("says what the address has wrong", () => {
    expect(status(open("?model=vgg"))).toContain("no network is called so");
  });
});

group("the instrument by keyboard", () => {
  it("walks, lifts, moves, refuses in words, puts down and undoes, with focus on the block all the while", () => {
    const instrument = open();
    option(instrument, 0).focus();
    for (let step = 0; step < 3; step++) press("ArrowRight");
    expect(document.activeElement).toBe(option(instrument, 3));
    press("Enter");
    expect(status(instrument)).toContain("Block 3 is lifted");
    press("ArrowUp");
    expect(row(instrument, 3)[1]).toBe("L5");
    press("ArrowLeft");
    expect(document.activeElement).toBe(option(instrument, 2));
    expect(row(instrument, 2).slice(0, 3)).toEqual(["2", "L5", "residual"]);
    press("ArrowLeft");
    expect(status(instrument)).toBe("Block 2 cannot be computed before block 1, which belongs to the stem.");
    expect(instrument.querySelector(".status-line.refused")).not.toBeNull();
    press("Enter");
    expect(instrument.value).toMatchObject({ edited: true });
    press("z", { ctrlKey: true });
    expect(instrument.value.edited).toBe(false);
    expect(document.activeElement).toBe(option(instrument, 3));
    press("z", { ctrlKey: true, shiftKey: true });
    expect(row(instrument, 2)[1]).toBe("L5");
  });

  it("puts a lifted block back by Escape, lets go of a chosen one by another, and keeps focus", () => {
    const instrument = open();
    option(instrument, 5).focus();
    press(" ");
    press("ArrowUp");
    press("Escape");
    expect([row(instrument, 5)[1], instrument.value.edited]).toEqual(["L4", false]);
    expect(document.activeElement).toBe(option(instrument, 5));
    press("Escape");
    expect(document.activeElement).toBe(option(instrument, 5));
    expect(instrument.querySelectorAll('[aria-selected="true"]')).toHaveLength(0);
  });

  it("removes a block by Delete once its readers are taken care of", () => {
    const instrument = open();
    option(instrument, 9).focus();
    press("Delete");
    expect(status(instrument)).toContain("Block 9 is read by block 10");
    offer(instrument).click();
    expect(instrument.querySelectorAll("[role=option]")).toHaveLength(16);
    expect(offer(instrument).hidden).toBe(true);
  });

  it("leaves other keys and those with modifiers to the browser", () => {
    const instrument = open();
    option(instrument, 0).focus();
    press("ArrowRight", { altKey: true });
    press("a");
    expect(document.activeElement).toBe(option(instrument, 0));
  });
});

group("the instrument by buttons and menus", () => {
  it("moves, levels, toggles, rewires, marks, adds and removes the chosen block", () => {
    const instrument = open("?block=3");
    button(instrument, "Move the block to the next coarser level").click();
    expect(row(instrument, 3)[1]).toBe("L5");
    button(instrument, "Make it a bottleneck").click();
    expect(row(instrument, 3)[2]).toBe("bottleneck");
    button(instrument, "Move the block earlier").click();
    expect(row(instrument, 2)[1]).toBe("L5");
    choose(menu(instrument, "Second block it reads"), "");
    expect(row(instrument, 2)[4]).toBe("0 down ÷8");
    button(instrument, "Choose the next block").click();
    button(instrument, "Add a block behind it").click();
    expect(instrument.querySelectorAll("[role=option]")).toHaveLength(18);
    expect(instrument.querySelectorAll(".rule-list .broken").length).toBeGreaterThan(0);
    const output = instrument.querySelector<HTMLInputElement>("input[aria-label=Output]")!;
    output.checked = true;
    output.dispatchEvent(new Event("change"));
    // Block 3 is at level 2, where no output is.
    expect(row(instrument, 3)[7]).toBe("P2");
  });

  it("keeps a menu on what holds when a choice is refused", () => {
    const instrument = open("?block=5");
    const second = menu(instrument, "Second block it reads");
    choose(second, "2");
    expect(status(instrument)).toContain("twice as a parent");
    expect(second.value).toBe("4");
  });

  it("offers only earlier blocks to read, and none in a chain", () => {
    const instrument = open("?block=5");
    const first = menu(instrument, "First block it reads");
    expect([...first.options].map(({ value }) => value)).toEqual(["0", "1", "2", "3", "4"]);
    button(instrument, "ResNet-50-FPN").click();
    expect(first.disabled).toBe(true);
  });

  it("has nothing to press while no block is chosen", () => {
    const instrument = open();
    expect(instrument.querySelector<HTMLFieldSetElement>(".block-controls")?.disabled).toBe(true);
    button(instrument, "Choose the next block").click();
    expect(instrument.querySelector<HTMLFieldSetElement>(".block-controls")?.disabled).toBe(false);
    expect(instrument.querySelector(".block-inspector summary")?.textContent).toMatch(/^Block 0/);
  });
});

group("the instrument by pointer", () => {
  const pointer = (target: Element, type: string, clientX: number, clientY: number): void => {
    target.dispatchEvent(
      new MouseEvent(type, { bubbles: true, cancelable: true, clientX, clientY, button: 0 }),
    );
  };
  const at = (instrument: Instrument, id: number): [number, number] => {
    const [, x, y] =
      /translate\(([\d.]+),([\d.]+)\)/.exec(option(instrument, id).getAttribute("transform") ?? "") ?? [];
    return [Number(x), Number(y)];
  };
  const frames = () => new Promise((resolve) => setTimeout(resolve, 120));

  it("takes a block along, shows what a drop would leave and what it costs, and drops it there", async () => {
    const instrument = open();
    const drawing = instrument.querySelector(".permute-drawing")!;
    const [[x, y], [left], [, above]] = [at(instrument, 3), at(instrument, 2), at(instrument, 6)];
    pointer(option(instrument, 3), "pointerdown", x, y);
    pointer(drawing, "pointermove", left, above);
    await frames();
    expect(status(instrument)).toBe("Block 3 is now block 2. Block 2 is at level 6 instead of 4.");
    expect(costs(instrument)).not.toContain("85.3\u00a0B");
    expect(instrument.value.edited).toBe(false);
    pointer(drawing, "pointerup", left, above);
    await settled();
    expect(instrument.value.edited).toBe(true);
    expect(row(instrument, 2).slice(1, 3)).toEqual(["L6", "residual"]);
    expect(at(instrument, 2)).toEqual([left, above]);
    expect(queries.at(-1)).toMatch(/^\?model=spinenet-49&blocks=1\.2b2b\.6r01-2b01-/);
  });

  it("says why a block cannot stand where it is held, and returns it", async () => {
    const instrument = open();
    const drawing = instrument.querySelector(".permute-drawing")!;
    const [[x, y], [right]] = [at(instrument, 2), at(instrument, 8)];
    pointer(option(instrument, 2), "pointerdown", x, y);
    pointer(drawing, "pointermove", right, y);
    await frames();
    expect(status(instrument)).toContain("Block 4 reads block 2, so block 2 cannot be computed after it");
    expect(instrument.querySelector(".slot.refused")).not.toBeNull();
    pointer(drawing, "pointerup", right, y);
    await settled();
    expect(at(instrument, 2)).toEqual([x, y]);
    expect(offer(instrument).hidden).toBe(false);
  });

  it("only chooses a block that is not taken along", () => {
    const instrument = open();
    const [x, y] = at(instrument, 7);
    pointer(option(instrument, 7), "pointerdown", x, y);
    pointer(option(instrument, 7), "pointerup", x + 1, y);
    expect(option(instrument, 7).getAttribute("aria-selected")).toBe("true");
    expect(instrument.value.edited).toBe(false);
  });
});

group("networks of the instrument", () => {
  it.each([
    ["R0-SP53", "r0-sp53"],
    ["sequential", "r0-sp53-sequential"],
    ["SpineNet-190", "spinenet-190"],
  ])("begin anew at %s", async (name, preset) => {
    const instrument = open();
    button(instrument, name).click();
    expect(instrument.value).toMatchObject({ preset, edited: false });
    expect(button(instrument, name).getAttribute("aria-pressed")).toBe("true");
    await settled();
    expect(queries.at(-1)).toBe(`?model=${preset}`);
  });

  it("are laid over one another, in the drawing, the table and a sentence", () => {
    const instrument = open("?model=r0-sp53&against=spinenet-49");
    expect(status(instrument)).toMatch(
      /^Compared with SpineNet-49: \d+ blocks differ; \d+ connections are new, \d+ gone\./,
    );
    expect(instrument.querySelectorAll(".difference .sign").length).toBeGreaterThan(5);
    expect(instrument.querySelector(".block-table thead th:last-child")?.textContent).toBe("in SpineNet-49");
    expect(costs(instrument)).toContain("SpineNet-49");
  });

  it("come from a model JSON that is opened, and keep what the presets do not have", async () => {
    const instrument = open();
    const model = { ...modelByName("r0-sp53" satisfies ModelName, { classes: 7 }), name: "Mine" };
    const input = instrument.querySelector<HTMLInputElement>("input[type=file]")!;
    const give = async (text: string): Promise<void> => {
      Object.defineProperty(input, "files", {
        value: [{ name: "mine.json", text: async () => text }],
        configurable: true,
      });
      input.dispatchEvent(new Event("change"));
      await settled();
    };
    await give(JSON.stringify(model));
    expect(instrument.value.model).toEqual(model);
    expect(status(instrument)).toBe("mine.json: this is Mine.");
    expect(queries.at(-1)).toContain("model=r0-sp53&settings=");
    await give("{");
    expect(status(instrument)).toMatch(/^mine\.json: this is not JSON/);
    await give(JSON.stringify({ ...model, classes: 0 }));
    expect(status(instrument)).toBe("mine.json: classes: is 0; expected 1 or more.");
    expect(instrument.value.model).toEqual(model);
  });
});

group("the table", () => {
  it("makes the block stand out whose row is pointed at, and marks the chosen one's", () => {
    const instrument = open("?block=4");
    const rows = instrument.querySelectorAll(".block-table tr[data-id]");
    expect(rows[4]?.classList.contains("chosen")).toBe(true);
    rows[9]?.dispatchEvent(new Event("pointerover", { bubbles: true }));
    expect(option(instrument, 9).classList.contains("shown")).toBe(true);
    expect(option(instrument, 4).getAttribute("aria-selected")).toBe("true");
    instrument.querySelector(".permute-table > div")?.dispatchEvent(new Event("pointerleave"));
    expect(option(instrument, 9).classList.contains("shown")).toBe(false);
  });
});

group("words of the text", () => {
  it("make what they name stand out while they are pointed at or have focus", () => {
    const instrument = open();
    const word = document.createElement("button");
    word.dataset.shows = "outputs";
    document.body.append(word);
    const drawing = instrument.querySelector<SVGElement>(".permute-drawing")!;
    word.focus();
    expect(drawing.dataset.shows).toBe("outputs");
    word.blur();
    expect(drawing.dataset.shows).toBeUndefined();
  });
});
