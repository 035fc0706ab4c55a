import { describe, expect, it } from "vitest";
import { changeLevel } from "../../../src/architecture/edit/changeBlock.js";
import { isRefused } from "../../../src/architecture/edit/draft.js";
import { presetByName } from "../../../src/architecture/families/presets.js";
import { networkOf } from "../../../src/components/permute/session/network.js";
import { permuteAddress } from "../../../src/components/permute/urlState.js";

const result = changeLevel(presetByName("spinenet-49"), 5, 6);
if (isRefused(result)) throw new Error(result.refused);
const { model } = networkOf(result.model, "spinenet-49");

describe("the instrument's address", () => {
  it("is empty for SpineNet-49 as published, and a name for another preset", () => {
    const plain = {
      preset: "spinenet-49",
      model: presetByName("spinenet-49"),
      against: null,
      chosen: null,
    } as const;
    expect(permuteAddress.write("", plain)).toBe("");
    expect(permuteAddress.read("")).toEqual({ state: plain, problems: [] });
    const other = { ...plain, preset: "r0-sp53", model: presetByName("r0-sp53") } as const;
    expect(permuteAddress.write("?x=1", other)).toBe("?x=1&model=r0-sp53");
  });

  it("has one form for a state, whatever came before", () => {
    const state = { preset: "spinenet-49", model, against: "r0-sp53", chosen: 5 } as const;
    const query = permuteAddress.write("", state);
    expect(permuteAddress.write("?x=1&block=3&against=r0-sp53", state)).toBe(query.replace("?", "?x=1&"));
  });

  it("gives the whole state back", () => {
    const state = { preset: "spinenet-49", model, against: "resnet-50-fpn", chosen: 5 } as const;
    const query = permuteAddress.write("", state);
    expect(query).toBe(
      "?model=spinenet-49&blocks=1.2b2b.2b01-4r01-3b23-6b24-6r35-4b35-5r67-7r68-5b89-5b8a-4B5a-3B4a-5B7c-7B5e-6Bce&against=resnet-50-fpn&block=5",
    );
    const { state: again, problems } = permuteAddress.read(query);
    expect(problems).toEqual([]);
    // The name is not written; it follows from the blocks once the instrument opens the model.
    expect({ ...again, model: networkOf(again.model, again.preset).model }).toEqual(state);
  });

  it("says of each value that means nothing what is wrong, and shows what it can", () => {
    const { state, problems } = permuteAddress.read("?model=vgg&against=alexnet&block=77&blocks=1.2b.3b9");
    expect(state).toMatchObject({ preset: "spinenet-49", against: null, chosen: null });
    expect(problems).toEqual([
      "The page's address says model=vgg, but no network is called so. This is SpineNet-49.",
      "The page's address says against=alexnet, but no network is called so. Nothing is compared.",
      expect.stringMatching(
        /^The page's address: block 1 names block 9 as a parent.* This is SpineNet-49\.$/,
      ),
      "The page's address says block=77; it should be a number from 0 to 16. No block is chosen.",
    ]);
  });

  it.each([
    [{ backbone: { repeats: 1e6 } }, "backbone.repeats: is 1000000; expected a whole number from 1 to 256."],
    [
      { backbone: { repeats: 200 } },
      "backbone.repeats: is 200, which makes 3400 of 17 blocks; expected at most 1024",
    ],
    [{ inputSize: [65_536, 65_536] }, "inputSize.0: is 65536; expected a whole number from 1 to 8192."],
    [{ inputSize: [8192, 8192] }, "its layer stem/conv computes 4096 × 4096 × 64 values for one image"],
    [{ classes: 1e9 }, "classes: is 1000000000; expected a whole number from 1 to 100000."],
  ])("answers at once where a link asks for more than a computer can do: %j", (settings, sentence) => {
    const start = performance.now();
    const { state, problems } = permuteAddress.read(
      `?settings=${encodeURIComponent(JSON.stringify(settings))}`,
    );
    expect(performance.now() - start).toBeLessThan(2000);
    expect(state.model.name).toBe("SpineNet-49");
    expect(problems).toEqual([expect.stringContaining(sentence)]);
    expect(problems[0]).toMatch(/ This is SpineNet-49\.$/);
  });
});
