import { describe, expect, it } from "vitest";
import { type ModelName, modelByName } from "../../../src/architecture/families/modelByName.js";
import { addressed, button, costs, eventually, open, settled, status } from "./instrument.js";

describe("networks of the instrument", () => {
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
    await addressed(new RegExp(`^\\?model=${preset}$`));
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
    await eventually(() => expect(status(instrument)).toBe("mine.json: this is Mine."));
    expect(instrument.value.model).toEqual(model);
    await addressed(/model=r0-sp53&settings=/);
    await give("{");
    await eventually(() => expect(status(instrument)).toMatch(/^mine\.json: this is not JSON/));
    await give(JSON.stringify({ ...model, classes: 0 }));
    await eventually(() =>
      expect(status(instrument)).toBe("mine.json: classes: is 0; expected a whole number from 1 to 100000."),
    );
    expect(instrument.value.model).toEqual(model);
  });
});
