import type { WeightsChoice } from "./session.js";

const checkpointFile = /\.(index|data-\d{5}-of-\d{5})$/;

/** Weights that the reader opened. */
interface OpenedWeights extends Pick<WeightsChoice, "title" | "fetch"> {
  readonly bytes: number;
}

/** Whether files are weights by their names: a weights file, or those of a TensorFlow checkpoint. */
export function areWeights(files: readonly File[]): boolean {
  return files.some(({ name }) => name.endsWith(".safetensors") || checkpointFile.test(name));
}

/** A checkpoint if one of the files is named like one's; otherwise the first file. */
export function ownWeightsIn(files: readonly File[]): OpenedWeights {
  const parts = files.filter(({ name }) => checkpointFile.test(name));
  const [file] = parts.length > 0 ? parts : files;
  if (!file) throw new Error("No file was given.");
  if (parts.length === 0) return { title: file.name, bytes: file.size, fetch: () => file.arrayBuffer() };
  return {
    title: file.name.replace(checkpointFile, ""),
    bytes: parts.reduce((sum, { size }) => sum + size, 0),
    fetch: async () => parts,
  };
}
