import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { describeCommand, readable } from "../../../loaders/commands/describe.js";
import { descriptionOf as describeModel } from "../../../src/architecture/costs/description.js";
import { modelByName } from "../../../src/architecture/families/modelByName.js";

let printed: string;

beforeEach(() => {
  printed = "";
  vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    printed += String(text);
    return true;
  });
});

afterEach(() => vi.restoreAllMocks());

async function run(...args: string[]): Promise<void> {
  const command = describeCommand()
    .exitOverride()
    .configureOutput({ writeErr: () => undefined });
  await command.parseAsync(args, { from: "user" });
}

describe("describe", () => {
  it("prints the description as one line of JSON, and nothing else", async () => {
    await run("spinenet-49", "--json");
    expect(printed.endsWith("}\n")).toBe(true);
    expect(JSON.parse(printed)).toEqual(describeModel(modelByName("spinenet-49")));
  });

  it("lays every option over the model", async () => {
    const options =
      "--size 256x384 --classes 3 --width 0.5 --alpha 1 --endpoints 64 --head-filters 32 --head-convs 0";
    await run("spinenet-49", ...options.split(" "), "--json");
    const model = modelByName("spinenet-49", {
      size: [256, 384],
      classes: 3,
      width: 0.5,
      alpha: 1,
      endpoints: 64,
      headFilters: 32,
      headConvolutions: 0,
    });
    expect(JSON.parse(printed)).toEqual(describeModel(model));
  });

  it("prints a table otherwise", async () => {
    await run("spinenet-49");
    const lines = printed.split("\n");
    expect(lines[0]).toBe("SpineNet-49 at 640×640 px, 91 classes");
    expect(lines[1]).toBe("28.54M parameters (28.65M with batch norm statistics), 85.28B multiply-adds");
    expect(lines.find((line) => line.startsWith("14 "))).toBe(
      "14          L5     bottleneck  7 12 +11  20×20×1024    1,941,504   1,087,897,600  P5",
    );
  });

  it.each([
    ["--size", "0"],
    ["--size", "640x"],
    ["--classes", "1.5"],
    ["--width", "-1"],
    ["--alpha", "x"],
    ["--head-convs", "-2"],
  ])("refuses %s %s", async (option, value) => {
    await expect(run("spinenet-49", `${option}=${value}`)).rejects.toThrow("is invalid. It must be");
  });
});

describe("readable", () => {
  it("says which block reaches no output, and how often a block is repeated", () => {
    const model = modelByName("spinenet-96");
    const blocks = model.backbone.blocks.map((block, position) =>
      position === 9 ? { ...block, kind: "residual" as const } : block,
    );
    const lines = readable(describeModel({ ...model, backbone: { ...model.backbone, blocks } }));
    expect(lines.filter((line) => line.includes("(unused)"))).toHaveLength(1);
    expect(lines[4]).toContain("bottleneck ×2");
  });
});
