import "../../dom.js";
import { describe, expect, it } from "vitest";
import { modelNames } from "../../../src/architecture/families/modelByName.js";
import { modelSelect } from "../../../src/components/scale/modelSelect.js";

describe("the menu of networks", () => {
  it("offers every published network once", () => {
    const values = [...modelSelect().querySelectorAll("option")].map(({ value }) => value);
    expect([...values].sort()).toEqual([...modelNames].sort());
  });

  it("starts with what is asked for, else with SpineNet-49", () => {
    expect(modelSelect({ value: "r0-sp53" }).value).toBe("r0-sp53");
    expect(modelSelect({ value: "r0-sp53" }).querySelector("select")?.value).toBe("r0-sp53");
    expect(modelSelect().value).toBe("spinenet-49");
    expect(modelSelect().querySelector("output")?.textContent).toBe("");
  });

  it("says so when there is no such network", () => {
    const menu = modelSelect({ value: "vgg" });
    expect(menu.value).toBe("spinenet-49");
    expect(menu.querySelector("output")?.textContent).toBe(
      "No network is called “vgg”; this is SpineNet-49.",
    );
  });

  it("has the new value by the time a listener hears of it", () => {
    const told: string[] = [];
    const menu = modelSelect({ chosen: (name) => told.push(`chosen ${name}`) });
    menu.addEventListener("input", () => told.push(`input ${menu.value}`));
    const select = menu.querySelector("select")!;
    select.value = "spinenet-96";
    select.dispatchEvent(new Event("input", { bubbles: true }));
    expect(told).toEqual(["chosen spinenet-96", "input spinenet-96"]);
  });
});
