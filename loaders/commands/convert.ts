import { SingleBar } from "cli-progress";
import { Command, Option } from "commander";
import type { ActivationKind } from "../../src/architecture/layers/layer.js";
import { sizeOf } from "../../src/architecture/layers/tensors.js";
import type { PackedTensor, StoredType } from "../../src/checkpoints/safetensors.js";
import type { Conversion } from "../../src/checkpoints/tensorflow/conversion/prepareConversion.js";
import { log } from "../log.js";
import { parseCount, parsePositive } from "./options.js";

interface ConvertOptions {
  readonly out: string;
  readonly model?: string;
  readonly dtype: "float16" | "float32";
  readonly size?: number;
  readonly activation?: ActivationKind;
  readonly epsilon?: number;
  readonly json?: boolean;
}

/** `convert`: a TensorFlow checkpoint to weights of this project. */
export function convertCommand(): Command {
  return new Command("convert")
    .description(
      "Converts a TensorFlow checkpoint, of the authors' TF1 code or of the Model Garden, to weights of this project. " +
        "What network it is of follows from its tensors' names and shapes.",
    )
    .argument("<checkpoint>", "its prefix, its .index file, or a folder with a checkpoint")
    .requiredOption("--out <file>", "the .safetensors file to write")
    .option("--model <model>", "a model's name or JSON instead of what is recognised")
    .addOption(
      new Option("--dtype <type>", "how numbers are stored")
        .choices(["float16", "float32"])
        .default("float16"),
    )
    .option("--size <pixels>", "side of the network's input (default: the published model's)", parseCount)
    .addOption(
      new Option("--activation <kind>", "instead of what the statistics fit").choices([
        "relu",
        "swish",
        "hard-swish",
      ]),
    )
    .option(
      "--epsilon <number>",
      "batch norm's (default: 0.001 for detectors, 0.00001 for classifiers); some TF1 checkpoints need 0.0001",
      parsePositive,
    )
    .option("--json", "print the report as JSON, alone on standard output")
    .action(convert);
}

async function convert(path: string, options: ConvertOptions): Promise<void> {
  const [{ withCheckpoint }, { prepareConversion }, { conversionReport, reportLines }, { chosenModel }] =
    await Promise.all([
      import("../checkpoints/withCheckpoint.js"),
      import("../../src/checkpoints/tensorflow/conversion/prepareConversion.js"),
      import("../checkpoints/conversionReport.js"),
      import("../checkpoints/chosenModel.js"),
    ]);
  const { size, activation, epsilon } = options;
  const settings = { size, activation, epsilon };
  const chosen = options.model === undefined ? {} : await chosenModel(options.model, settings);
  await withCheckpoint(path, async (checkpoint) => {
    const conversion = await prepareConversion(checkpoint, { ...settings, ...chosen });
    const tensors = await readPacked(conversion, options.dtype === "float16" ? "F16" : "F32");
    const bytes = await writeWeights(options.out, conversion, tensors);
    const report = conversionReport(conversion);
    if (options.json) {
      process.stdout.write(
        `${JSON.stringify({ ...report, out: options.out, dtype: options.dtype, bytes })}\n`,
      );
    } else {
      const lines = reportLines(report).map(([what, text]) => ` ${what.padEnd(10)}  ${text}`);
      process.stdout.write(`${[report.checkpoint, ...lines].join("\n")}\n`);
    }
    const wide = tensors.filter(({ type }) => type === "F32").length;
    const kept = options.dtype === "float16" && wide > 0 ? `, ${wide} tensors as float32 to fit` : "";
    log.success(`Wrote ${options.out}: ${(bytes / 1e6).toFixed(1)} MB, ${options.dtype}${kept}.`);
  });
}

async function readPacked(conversion: Conversion, type: StoredType): Promise<PackedTensor[]> {
  const [{ readConverted }, { packWeight }] = await Promise.all([
    import("../../src/checkpoints/tensorflow/conversion/prepareConversion.js"),
    import("../../src/checkpoints/weights.js"),
  ]);
  const bar = new SingleBar({
    format: "tensors {bar} {percentage}% | {eta_formatted}",
    stream: process.stderr,
  });
  const tensors: PackedTensor[] = [];
  bar.start(
    conversion.plan.assignments.reduce((sum, { spec }) => sum + sizeOf(spec.shape), 0),
    0,
  );
  try {
    await readConverted(conversion, (name, shape, values) => {
      tensors.push(packWeight(name, shape, values, type));
      bar.increment(values.length);
    });
  } finally {
    bar.stop();
  }
  return tensors;
}

/** @returns how many bytes were written */
async function writeWeights(
  file: string,
  conversion: Conversion,
  tensors: readonly PackedTensor[],
): Promise<number> {
  const [{ writeFileWhole }, { weightsParts }, { convertedMetadata }] = await Promise.all([
    import("../files/writeFile.js"),
    import("../../src/checkpoints/weights.js"),
    import("../../src/checkpoints/tensorflow/conversion/convertedWeights.js"),
  ]);
  const parts = weightsParts(tensors, convertedMetadata(conversion));
  await writeFileWhole(file, parts);
  return parts.reduce((sum, { length }) => sum + length, 0);
}
