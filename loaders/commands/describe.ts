import { Command, InvalidArgumentError } from "commander";
import { type Description, descriptionOf } from "../../src/architecture/costs/description.js";
import { modelNames } from "../../src/architecture/families/modelByName.js";
import { printJson, printLines } from "../terminal.js";
import { parseCount, parsePositive, parseWhole } from "./options.js";
import { readModel } from "./readModel.js";

interface DescribeOptions {
  readonly size?: readonly [height: number, width: number];
  readonly classes?: number;
  readonly width?: number;
  readonly alpha?: number;
  readonly endpoints?: number;
  readonly headFilters?: number;
  readonly headConvs?: number;
  readonly json?: boolean;
}

/** `describe`: a network's structure and cost, without running it. */
export function describeCommand(): Command {
  return new Command("describe")
    .description("Describes a network: its blocks, parameters and multiply-adds.")
    .argument("<model>", `a model JSON file, or one of: ${modelNames.join(", ")}`)
    .option("--size <pixels>", "input size: 640, or 640x512 for height and width", parseSize)
    .option("--classes <count>", "class channels, including background", parseCount)
    .option("--width <factor>", "multiplies every width except the stem's", parsePositive)
    .option(
      "--alpha <factor>",
      "width inside cross-scale connections, relative to their parent's (SpineNet)",
      parsePositive,
    )
    .option("--endpoints <filters>", "width of the feature maps that the head reads", parseCount)
    .option("--head-filters <filters>", "width of the head's convolutions", parseCount)
    .option("--head-convs <count>", "convolutions per head branch before its predictor", parseWhole)
    .option("--json", "print the description as JSON, alone on standard output")
    .action(async (name: string, { json, headConvs, ...options }: DescribeOptions) => {
      const description = descriptionOf(await readModel(name, { ...options, headConvolutions: headConvs }));
      if (json) printJson(description);
      else printLines(readable(description));
    });
}

/** The description as a text table: one line per block, per part, and for the whole. */
export function readable(description: Description): string[] {
  const { model, size, classes, parameters, multiplyAdds } = description;
  const header = ["#", "level", "block", "parents", "shape", "parameters", "multiply-adds", "output"];
  const blocks = description.blocks.map((block) => [
    String(block.id),
    `L${block.level}`,
    block.repeats > 1 ? `${block.kind} ×${block.repeats}` : block.kind,
    [...block.parents, ...block.dangling.map((id) => `+${id}`)].join(" ") || "stem",
    block.shape.join("×"),
    counted(block.parameters.trainable),
    counted(block.multiplyAdds),
    block.used ? (block.output ? `P${block.output}` : "") : "(unused)",
  ]);
  const parts = description.parts.map((part) => [
    part.id,
    "",
    "",
    "",
    "",
    counted(part.parameters.trainable),
    counted(part.multiplyAdds),
    "",
  ]);
  const total = ["total", "", "", "", "", counted(parameters.trainable), counted(multiplyAdds), ""];
  const rows = [header, ...blocks, ...parts, total];
  const widths = header.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const numeric = new Set([5, 6]);
  return [
    `${model} at ${size.join("×")} px, ${classes} classes`,
    `${millions(parameters.trainable)} parameters (${millions(parameters.total)} with batch norm statistics), ` +
      `${(multiplyAdds / 1e9).toFixed(2)}B multiply-adds`,
    "",
    ...rows.map((row) =>
      row
        .map((cell, column) =>
          numeric.has(column) ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!),
        )
        .join("  ")
        .trimEnd(),
    ),
  ];
}

function counted(count: number): string {
  return count.toLocaleString("en-US");
}

function millions(count: number): string {
  return `${(count / 1e6).toFixed(2)}M`;
}

function parseSize(text: string): readonly [number, number] {
  const match = /^([1-9]\d*)(?:[x×]([1-9]\d*))?$/.exec(text);
  if (!match) throw new InvalidArgumentError("It must be pixels: 640, or 640x512 for height and width.");
  return [Number(match[1]), Number(match[2] ?? match[1])];
}
