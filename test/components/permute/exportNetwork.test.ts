import "../../dom.js";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { modelOf, parseStudy } from "../../../loaders/training/study.js";
import { descriptionOf } from "../../../src/architecture/costs/description.js";
import { changeLevel } from "../../../src/architecture/edit/changeBlock.js";
import { isRefused } from "../../../src/architecture/edit/draft.js";
import { modelByName } from "../../../src/architecture/families/modelByName.js";
import { parseModel } from "../../../src/architecture/model/parseModel.js";
import { fileName, jsonFile, svgFile } from "../../../src/components/permute/exportNetwork.js";
import { networkOf } from "../../../src/components/permute/session/network.js";
import { expectGolden } from "../../golden.js";

const result = changeLevel(modelByName("spinenet-49", { classes: 3 }), 5, 6);
if (isRefused(result)) throw new Error(result.refused);
const { model, description } = networkOf(result.model, "spinenet-49");

describe("a saved network", () => {
  it("is a model JSON that is read back as it was, and that a study trains", () => {
    const value: unknown = JSON.parse(jsonFile(model));
    expect(parseModel(value, "x.json")).toEqual(model);
    const study: unknown = JSON.parse(readFileSync("data/studies/scenes-instant-spinenet-49.json", "utf8"));
    if (typeof study !== "object") throw new Error("the study is no object");
    expect(modelOf(parseStudy({ ...study, model: value }, "x.json"), 3)).toEqual(model);
  });

  it("is a drawing with its legend that needs no style sheet", () => {
    const svg = svgFile(description);
    expect(svg.startsWith('<?xml version="1.0" encoding="UTF-8"?>\n<svg ')).toBe(true);
    // Every colour has one to fall back on.
    expect(svg.match(/var\(--[\w-]+\)/g)).toBeNull();
    expectGolden("saved-drawing", svg.slice(svg.indexOf("<svg")));
  });

  it("has a file name made of its own", () => {
    expect(model.name).toBe("SpineNet-49, edited");
    expect(fileName(model, "json")).toBe("spinenet-49-edited.json");
    expect(fileName({ ...model, name: "…" }, "svg")).toBe("network.svg");
    expect(descriptionOf(model).model).toBe(model.name);
  });
});
