import { describe, expect, it } from "vitest";
import { sourceAddress } from "../../../src/components/tables/sourceLink.js";

describe("sourceAddress(source)", () => {
  it.each([
    ["arXiv:1912.05027v3, Table 2", "https://arxiv.org/abs/1912.05027v3"],
    ["arXiv:2006.06882, tensorflow/tpu", "https://arxiv.org/abs/2006.06882"],
    ["tensorflow/tpu, MODEL_ZOO.md", "https://github.com/tensorflow/tpu"],
    ["tensorflow/models, MODEL_GARDEN.md", "https://github.com/tensorflow/models"],
  ])("finds the address of %s", (source, address) => {
    expect(sourceAddress(source)).toBe(address);
  });

  it("knows none for a file of this project", () => {
    expect(sourceAddress("data/runs/a-seed1.json")).toBeUndefined();
  });
});
