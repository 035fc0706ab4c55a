import { createHash } from "node:crypto";
import { decode } from "fast-png";
import { describe, expect, it } from "vitest";
import { liveAttachments } from "../../../../loaders/pages/live/attachments.js";
import { bloodSmear } from "../../../../loaders/pages/live/bloodSmear.js";
import { sampleOf, samplePng, samples } from "../../../../loaders/pages/live/samples.js";
import { weightsFileOf } from "../../../../loaders/pages/live/shippedWeights.js";

describe("bloodSmear(seed)", () => {
  it("draws the same picture for the same seed, and another for another", () => {
    const hash = (seed: number) => createHash("sha256").update(bloodSmear(seed).data).digest("hex");
    expect(hash(3)).toBe(hash(3));
    expect(hash(3)).not.toBe(hash(4));
  });

  it("has pale plasma, red cells and a violet nucleus, in that order of room", () => {
    const { width, height, data } = bloodSmear(3);
    expect([width, height, data.length]).toEqual([320, 240, 320 * 240 * 3]);
    const counts = { plasma: 0, red: 0, violet: 0 };
    for (let i = 0; i < data.length; i += 3) {
      const [red, green, blue] = [data[i]!, data[i + 1]!, data[i + 2]!];
      if (Math.min(red, green, blue) > 190) counts.plasma++;
      else if (red > green + 30 && red > blue + 30) counts.red++;
      else if (blue > red + 40 && blue > green + 40) counts.violet++;
    }
    expect(counts.plasma).toBeGreaterThan(counts.red);
    expect(counts.red).toBeGreaterThan(5 * counts.violet);
    expect(counts.violet).toBeGreaterThan(500);
  });
});

describe("samples", () => {
  it("come as PNG with the very pixels that Node detects in", async () => {
    const sample = sampleOf("scene-guitar");
    const [png, image] = [decode(await samplePng(sample)), await sample.open()];
    expect(png).toMatchObject({ width: image.width, height: image.height, channels: 3 });
    expect(Buffer.compare(Buffer.from(Uint8Array.from(png.data)), Buffer.from(image.data))).toBe(0);
  });

  it("say what they are and who made them", () => {
    for (const { credit } of samples) expect(credit).toMatch(/CC0|MIT|[Dd]rawn by this project/);
  });

  it("are listed where one is asked for that does not exist", () => {
    expect(() => sampleOf("cat")).toThrow('no sample "cat"; the samples are blood-smear, nagasaki-boats');
  });
});

describe("weightsFileOf(id)", () => {
  it("refuses names that are none of the folder's, such as ways out of it", () => {
    expect(() => weightsFileOf("../../package")).toThrow('data/weights has no "../../package.safetensors"');
  });
});

describe("liveAttachments()", () => {
  it("links every sample in a way that no browser fetches by itself", () => {
    const links = liveAttachments();
    expect(links).toContain(
      '<link rel="alternate" type="application/octet-stream" title="sample/blood-smear" href="/data/live/blood-smear.png">',
    );
    expect(links.every((link) => link.startsWith('<link rel="alternate" '))).toBe(true);
  });
});
