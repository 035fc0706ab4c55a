import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { decodeImage } from "../../../loaders/datasets/image.js";
import { decodeSafetensors } from "../../../src/checkpoints/safetensors.js";
import { letterbox } from "../../../src/detection/letterbox.js";

/** Values of an array: all, or every `step`-th. */
export interface ExpectedArray {
  readonly shape: readonly number[];
  readonly values: ArrayLike<number>;
  readonly step: number;
}

/** What the Model Garden computes with a checkpoint, by the names that checkpoints.py gives: "feature/3", "boxes" … */
export type Expected = ReadonlyMap<string, ExpectedArray>;

/** All of it, as checkpoints.py writes it beside a checkpoint. */
export async function readExpected(file: string): Promise<Expected> {
  const { tensors } = decodeSafetensors(await readFile(file), file);
  return new Map([...tensors].map(([name, { shape, values }]) => [name, { shape, values, step: 1 }]));
}

/** The samples that are committed beside a narrow network's checkpoint. */
export function committedExpected(name: string): Expected {
  const file = new URL(`${name}/expected.json`, import.meta.url);
  const arrays: Record<string, ExpectedArray> = JSON.parse(readFileSync(file, "utf8"));
  return new Map(Object.entries(arrays));
}

/** The checkpoint of a narrow network. */
export function committedCheckpoint(name: string): string {
  return fileURLToPath(new URL(`${name}/ckpt-1`, import.meta.url));
}

/** The photograph as a detector's input. */
export async function photographInput(size: number): Promise<Float32Array> {
  const image = await decodeImage(fileURLToPath(new URL("chelsea.jpg", import.meta.url)));
  return letterbox({ ...image, channels: 3 }, [size, size]).pixels;
}
