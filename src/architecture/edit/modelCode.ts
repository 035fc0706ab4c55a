import * as v from "valibot";
import { shownText } from "../../text/shownText.js";
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
interface ModelCode {
  readonly preset: PresetName;
  readonly blocks?: string;
  readonly settings?: string;
}

type Fields = Readonly<Record<string, unknown>>;

const digits = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
const kinds = { b: "bottleneck", r: "residual", m: "mbconv" } as const satisfies Record<string, BlockKind>;
const letterSchema = v.picklist(["b", "r", "m"]);
const fieldsSchema = v.record(v.string(), v.unknown());

/** Writes a model as what differs from a preset; nothing but the preset's name where nothing does. */
export function encodeModel(model: Model, preset: PresetName): ModelCode {
  const base = presetByName(preset);
  const { stem: _stem, blocks: _blocks, ...settings } = changed(model.backbone, base.backbone);
  const backbone = Object.keys(settings).length > 0 ? { backbone: settings } : {};
  const fields = { ...changed({ ...model, backbone: null }, { ...base, backbone: null }), ...backbone };
  const code = codeOf(model);
  return {
    preset,
    ...(code === codeOf(base) ? {} : { blocks: code }),
    ...(Object.keys(fields).length > 0 ? { settings: JSON.stringify(fields) } : {}),
  };
}

/**
 * Reads what {@link encodeModel} wrote.
 *
 * @throws Error that says what is wrong with the text, or which rule the model breaks
 */
export function decodeModel({ preset, blocks, settings }: ModelCode, source: string): Model {
  const base = presetByName(preset);
  const fields = settings === undefined ? {} : readSettings(settings, source);
  const list = blocks === undefined ? {} : readBlocks(blocks, source);
  return withDrawableBlocks(
    parseModel(isFields(fields) ? laidOver(base, fields, list) : fields, source),
    source,
  );
}

/** @throws Error if a model has more blocks than an address and a drawing hold */
export function withDrawableBlocks(model: Model, source: string): Model {
  const length = model.backbone.stem.length + model.backbone.blocks.length;
  if (length <= mostBlocks) return model;
  throw new Error(`${source}: the model has ${length} blocks; at most ${mostBlocks} can be drawn here.`);
}

/** True if a model is a preset, down to its name. */
export function isPreset(model: Model, preset: PresetName): boolean {
  return lengthOf(model, preset) === 0;
}

/** The preset that a model differs from least in writing; of those of its own name, that one. */
export function nearestPreset(model: Model): PresetName {
  const { family } = model.backbone;
  const [first, ...others] = presetNames.filter((name) => presetByName(name).backbone.family === family);
  if (first === undefined) throw new Error(`no preset is of the family "${family}"`);
  return others.reduce((best, name) => (lengthOf(model, name) < lengthOf(model, best) ? name : best), first);
}

function lengthOf(model: Model, preset: PresetName): number {
  const { blocks = "", settings = "" } = encodeModel(model, preset);
  return blocks.length + settings.length;
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
    throw new Error(
      `${source}: "blocks" is "${shownText(code)}"; it should be 1.STEM.BLOCKS, as this page writes it.`,
    );
  }
  const permuted = blocks === "" ? [] : blocks.split("-");
  return {
    stem: (stem.match(/../g) ?? []).map((block) => readBlock(block, /^(\d)([brm])$/, source)),
    blocks: permuted.map((block) => readBlock(block, /^(\d)([brmBRM])(\w{1,2})$/, source)),
  };
}

function readBlock(text: string, shape: RegExp, source: string): unknown {
  const [, level, letter = "", parents] = shape.exec(text) ?? [];
  const kind = v.safeParse(letterSchema, letter.toLowerCase());
  if (level === undefined || !kind.success) {
    throw new Error(
      `${source}: "blocks" has "${shownText(text)}" where a block should be: its level, b, r or m for its kind, and its parents.`,
    );
  }
  const block = { level: Number(level), kind: kinds[kind.output] };
  if (parents === undefined) return block;
  const output = letter !== letter.toLowerCase();
  return { ...block, parents: [...parents].map((digit) => digits.indexOf(digit)), output };
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

/** The fields that another object has otherwise. */
function changed(fields: Fields, base: Fields): Fields {
  return Object.fromEntries(
    Object.entries(fields).filter(([name, field]) => canonical(field) !== canonical(base[name])),
  );
}

/** A model with changed fields, and those of its backbone, laid over it. */
function laidOver(base: Model, { backbone = {}, ...others }: Fields, blocks: Fields): Fields {
  const whole = isFields(backbone) ? { ...base.backbone, ...backbone, ...blocks } : backbone;
  return { ...base, ...others, backbone: whole };
}

/** JSON with fields by name, since their order means nothing. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, field: unknown) =>
    isFields(field) ? Object.fromEntries(Object.entries(field).sort(([a], [b]) => (a < b ? -1 : 1))) : field,
  );
}

function isFields(value: unknown): value is Fields {
  return !Array.isArray(value) && v.is(fieldsSchema, value);
}
