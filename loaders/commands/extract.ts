import { Command, Option } from "commander";
import type { StoredType } from "../../src/checkpoints/safetensors.js";
import { writeFileWhole } from "../files/writeFile.js";
import { log } from "../log.js";

interface ExtractOptions {
  readonly out: string;
  readonly dtype: "float16" | "float32";
}

const storedTypes = { float16: "F16", float32: "F32" } as const satisfies Record<string, StoredType>;

/** `extract`: the backbone of weights, to start training from. */
export function extractCommand(): Command {
  return new Command("extract")
    .description(
      "Writes the backbone of weights, with a feature pyramid if there is one, without the head. A study starts from it " +
        'with "from": {"weights": FILE, "parts": "backbone"}.',
    )
    .argument("<weights>", "a .safetensors file of this project")
    .requiredOption("--out <file>", "output file")
    .addOption(
      new Option("--dtype <type>", "how numbers are stored")
        .choices(Object.keys(storedTypes))
        .default("float32"),
    )
    .action(extract);
}

async function extract(file: string, { out, dtype }: ExtractOptions): Promise<void> {
  const [{ backboneTensorsOf }, { sizeOf }, { encodeBackbone }, { readWeights }] = await Promise.all([
    import("../../src/architecture/layers/backboneTensors.js"),
    import("../../src/architecture/layers/tensors.js"),
    import("../../src/checkpoints/backbone.js"),
    import("../records/weightsFile.js"),
  ]);
  const { weights } = await readWeights(file);
  await writeFileWhole(out, encodeBackbone(weights, storedTypes[dtype]));
  const tensors = backboneTensorsOf(weights.model);
  const numbers = tensors.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  log.success(
    `Wrote ${out}: the backbone of ${weights.model.name}, ${tensors.length} tensors with ${numbers.toLocaleString("en")} numbers, as ${dtype}.`,
  );
}
