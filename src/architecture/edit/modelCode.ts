import * as v from "valibot";
import { type PresetName, presetByName, presetNames } from "../families/presets.js";
import type { BlockKind, Model } from "../model/model.js";
import { parseModel } from "../model/parseModel.js";
import { mostBlocks } from "./addBlock.js";

/**
 * A model as text for an address: a preset, and what differs from it.
 *
 * `blocks` is `1.<stem>.<block>-<block>-…`, where 1 is the version; a stem block is its level and the first letter of
 * its kind, "2b"; another block also has its parents, a digit of base 62 each, "4r01". A capital letter marks an
 * output. `settings` is JSON of all other fields that differ.
 */
export interface ModelCode {
  readonly preset: PresetName;
  readonly blocks?: string;
  readonly settings?: string;
}

const digits = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
const kinds = { b: "bottleneck", r: "residual", m: "mbconv" } as const satisfies Record<string, BlockKind>;

/** Writes a model as what differs from a preset; nothing but the preset's name where nothing does. */
export function encodeModel(model: Model, preset: PresetName): ModelCode {
  const base = presetByName(preset);
  const code = codeOf(model);
  const settings = differing(withoutBlocks(model), withoutBlocks(base));
  return {
    preset,
    ...(code === codeOf(base) ? {} : { blocks: code }),
    ...(settings === undefined ? {} : { settings: JSON.stringify(settings) }),
  };
}

/**
 * Reads what {@link encodeModel} wrote.
 *
 * @throws Error that says what is wrong with the text, or which rule the model breaks
 */
export function decodeModel({ preset, blocks, settings }: ModelCode, source: string): Model {
  const base = presetByName(preset);
  const changed = settings === undefined ? base : merged(base, readSettings(settings, source));
  const list = blocks === undefined ? {} : readBlocks(blocks, source);
  const backbone = isPlain(changed) ? changed.backbone : undefined;
  const model = parseModel(
    isPlain(changed) && isPlain(backbone) ? { ...changed, backbone: { ...backbone, ...list } } : changed,
    source,
  );
  return withDrawableBlocks(model, source);
}

/** @throws Error if a model has more blocks than an address and a drawing hold */
export function withDrawableBlocks(model: Model, source: string): Model {
  const length = model.backbone.stem.length + model.backbone.blocks.length;
  if (length <= mostBlocks) return model;
  throw new Error(`${source}: the model has ${length} blocks; at most ${mostBlocks} can be drawn here.`);
}

/** True if a model is a preset, down to its name. */
export function isPreset(model: Model, preset: PresetName): boolean {
  const { blocks, settings } = encodeModel(model, preset);
  return blocks === undefined && settings === undefined;
}

/** The preset that a model differs from least in writing; of those of its own name, that one. */
export function nearestPreset(model: Model): PresetName {
  const lengthOf = (name: PresetName): number => {
    const { blocks = "", settings = "" } = encodeModel(model, name);
    return blocks.length + settings.length;
  };
  const [first, ...others] = presetNames.filter(
    (name) => presetByName(name).backbone.family === model.backbone.family,
  );
  if (first === undefined) throw new Error(`no preset is of the family "${model.backbone.family}"`);
  return others.reduce((best, name) => (lengthOf(name) < lengthOf(best) ? name : best), first);
}

function codeOf({ backbone }: Model): string {
  const stem = backbone.stem.map(({ level, kind }) => `${level}${kind[0]}`).join("");
  const blocks = backbone.blocks.map(({ level, kind, parents, output }) => {
    const letter = kind.charAt(0);
    const from = parents.map((parent) => digits.charAt(parent)).join("");
    return `${level}${output ? letter.toUpperCase() : letter}${from}`;
  });
  return `1.${stem}.${blocks.join("-")}`;
}

function readBlocks(code: string, source: string): { stem: unknown[]; blocks: unknown[] } {
  const [version, stem, blocks, ...rest] = code.split(".");
  if (version !== "1" || stem === undefined || blocks === undefined || rest.length > 0) {
    throw new Error(`${source}: "blocks" is "${code}"; it should be 1.STEM.BLOCKS, as this page writes it.`);
  }
  return {
    stem: (stem.match(/../g) ?? []).map((block) => readBlock(block, /^(\d)([brm])$/, source)),
    blocks:
      blocks === ""
        ? []
        : blocks.split("-").map((block) => readBlock(block, /^(\d)([brmBRM])(\w{1,2})$/, source)),
  };
}

function readBlock(text: string, shape: RegExp, source: string): unknown {
  const [, level, letter = "", parents] = shape.exec(text) ?? [];
  const kind = v.safeParse(v.picklist(["b", "r", "m"]), letter.toLowerCase());
  if (level === undefined || !kind.success) {
    throw new Error(
      `${source}: "blocks" has "${text}" where a block should stand: its level, b, r or m for its kind, and its parents.`,
    );
  }
  const block = { level: Number(level), kind: kinds[kind.output] };
  if (parents === undefined) return block;
  return {
    ...block,
    parents: [...parents].map((digit) => digits.indexOf(digit)),
    output: letter !== letter.toLowerCase(),
  };
}

function readSettings(text: string, source: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(
      `${source}: "settings" is not JSON; it should hold the model's fields that differ from the preset's.`,
    );
  }
}

const looseObject = v.record(v.string(), v.unknown());

function withoutBlocks({
  backbone: { stem: _stem, blocks: _blocks, ...backbone },
  ...model
}: Model): unknown {
  return { ...model, backbone };
}

/** The fields of a model, and those of its backbone, that another has otherwise; undefined if none. */
function differing(value: unknown, base: unknown, inside: readonly string[] = ["backbone"]): unknown {
  if (!isPlain(value) || !isPlain(base)) return value;
  const fields = Object.entries(value).flatMap(([name, field]) => {
    if (canonical(field) === canonical(base[name])) return [];
    return [[name, inside.includes(name) ? differing(field, base[name], []) : field] as const];
  });
  return fields.length === 0 ? undefined : Object.fromEntries(fields);
}

/** JSON with fields by name, since their order means nothing. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, field: unknown) =>
    isPlain(field) ? Object.fromEntries(Object.entries(field).sort(([a], [b]) => (a < b ? -1 : 1))) : field,
  );
}

/** A model with the fields of a change laid over it, and over those of its backbone. */
function merged(base: unknown, change: unknown): unknown {
  if (!isPlain(base) || !isPlain(change)) return change;
  const { backbone, ...others } = change;
  if (backbone === undefined) return { ...base, ...others };
  const whole = isPlain(base.backbone) && isPlain(backbone) ? { ...base.backbone, ...backbone } : backbone;
  return { ...base, ...others, backbone: whole };
}

function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  return !Array.isArray(value) && v.is(looseObject, value);
}
