import { Command } from "commander";
import { writeFileWhole } from "../files/writeFile.js";
import { log } from "../log.js";
import type { BatchSize } from "../onnx/encodeOnnx.js";
import { parseCount } from "./options.js";

interface ExportOptions {
  readonly onnx: string;
  readonly batch?: number;
}

/** `export`: a network with its weights, for other programs. */
export function exportCommand(): Command {
  return new Command("export")
    .description(
      "Writes a network with its weights as ONNX, for other runtimes. The input is images, [batch, 3, height, width], " +
        "normalised as the metadata's preprocessing says; the outputs are class_level3, box_level3 and so on, [batch, " +
        "height, width, anchors × channels], before any sigmoid or decoding, or a classifier's logits.",
    )
    .argument("<weights>", "a .safetensors file of this project")
    .requiredOption("--onnx <file>", "output file")
    .option("--batch <n>", "images per run (default: any)", parseCount)
    .action(exportWeights);
}

async function exportWeights(file: string, { onnx, ...options }: ExportOptions): Promise<void> {
  const batch: BatchSize = options.batch ?? "batch";
  const [{ graphOf }, { operatorSet }, { onnxModel }, { readWeights }] = await Promise.all([
    import("../../src/architecture/layers/layersOf.js"),
    import("../onnx/encodeOnnx.js"),
    import("../onnx/onnxModel.js"),
    import("../records/weightsFile.js"),
  ]);
  const { weights } = await readWeights(file);
  const { model, classes, preprocessing, run, values } = weights;
  const metadata = {
    model: JSON.stringify(model),
    classes: JSON.stringify(classes),
    preprocessing: JSON.stringify(preprocessing),
    run,
  };
  const bytes = onnxModel(graphOf(model), values, { batch, metadata });
  await writeFileWhole(onnx, bytes);
  const images = batch === "batch" ? "any number of images" : batch === 1 ? "1 image" : `${batch} images`;
  const [height, width] = model.inputSize;
  log.success(
    `Wrote ${onnx}: ${model.name}, ONNX operator set ${operatorSet}, ${images} of ${height}×${width} pixels per run, ` +
      `${(bytes.length / 1e6).toFixed(1)} MB.`,
  );
}
