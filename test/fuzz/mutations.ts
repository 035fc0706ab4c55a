import fc from "fast-check";

type Path = readonly (string | number)[];

/** What files of others hold where something else is expected. */
const hostileValues: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  0.5,
  7,
  65_536,
  1e9,
  2 ** 31,
  2 ** 53,
  -(2 ** 53),
  1e308,
  // JSON's 1e999.
  Number.POSITIVE_INFINITY,
  "",
  "1",
  "\u0000\u001b[2J]]>\u202e\ud800",
  "x".repeat(20_000),
  [],
  {},
  [[]],
  [null],
  { __proto__: null, toString: 1 },
  JSON.parse('{"__proto__": {"polluted": true}, "constructor": 1}'),
  Array.from({ length: 3000 }, (_, index) => index),
  nested(1000),
];

const hostile = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...hostileValues) },
  fc.jsonValue(),
  fc.double(),
);

/** One change of a value's structure; the numbers choose where, among all places that it has. */
const change = fc.oneof(
  fc.record({ kind: fc.constant("replace" as const), at: fc.nat(), value: hostile }),
  fc.record({ kind: fc.constant("remove" as const), at: fc.nat() }),
  fc.record({ kind: fc.constant("repeat" as const), at: fc.nat(), times: fc.constantFrom(2, 3, 100) }),
  fc.record({ kind: fc.constant("swap" as const), at: fc.nat(), other: fc.nat() }),
  fc.record({
    kind: fc.constant("scale" as const),
    at: fc.nat(),
    by: fc.constantFrom(-1, 0, 0.5, 1.0001, 1000, 1e9),
  }),
  fc.record({ kind: fc.constant("add" as const), at: fc.nat(), key: fc.string(), value: hostile }),
);
type Change = typeof change extends fc.Arbitrary<infer Value> ? Value : never;

/** Values like the examples, changed in one to four places. */
export function mutated(examples: readonly unknown[]): fc.Arbitrary<unknown> {
  const changes = fc.array(change, { minLength: 1, maxLength: 4 });
  return fc
    .tuple(fc.constantFrom(...examples), changes)
    .map(([example, list]) => list.reduce<unknown>(changed, structuredClone(example)));
}

/** Files like the examples: bits flipped, cut short, parts repeated, removed or overwritten. */
export function mutatedBytes(examples: readonly Uint8Array[]): fc.Arbitrary<Uint8Array> {
  const edit = fc.record({
    kind: fc.constantFrom("flip", "cut", "repeat", "remove", "overwrite", "count"),
    // Headers come first in all formats, so that half of the edits are there.
    at: fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 0.02, noNaN: true })),
    length: fc.integer({ min: 1, max: 64 }),
    byte: fc.oneof(fc.constantFrom(0, 255, 127, 128), fc.integer({ min: 0, max: 255 })),
  });
  return fc
    .tuple(fc.constantFrom(...examples), fc.array(edit, { minLength: 1, maxLength: 4 }))
    .map(([example, edits]) => {
      let bytes = Buffer.from(example);
      for (const { kind, at, length, byte } of edits) {
        const place = Math.min(Math.floor(at * bytes.length), Math.max(0, bytes.length - 1));
        const end = Math.min(place + length, bytes.length);
        if (bytes.length === 0) break;
        if (kind === "flip") bytes[place]! ^= 1 << (byte % 8);
        if (kind === "cut") bytes = bytes.subarray(0, place);
        if (kind === "repeat") bytes = Buffer.concat([bytes.subarray(0, end), bytes.subarray(place)]);
        if (kind === "remove") bytes = Buffer.concat([bytes.subarray(0, place), bytes.subarray(end)]);
        if (kind === "overwrite") bytes.fill(byte, place, end);
        if (kind === "count" && place + 4 <= bytes.length) bytes.writeUInt32LE(byte * 0x1010101, place);
      }
      return bytes;
    });
}

/** Texts like the examples, as `mutatedBytes` changes bytes. */
export function mutatedText(examples: readonly string[]): fc.Arbitrary<string> {
  return mutatedBytes(examples.map((example) => Buffer.from(example))).map((bytes) =>
    Buffer.from(bytes).toString(),
  );
}

function changed(value: unknown, edit: Change): unknown {
  const paths = pathsOf(value);
  const path = paths[edit.at % paths.length]!;
  const found = valueAt(value, path);
  switch (edit.kind) {
    case "replace":
      return withValue(value, path, structuredClone(edit.value));
    case "remove":
      return withoutValue(value, path);
    case "repeat":
      return withValue(
        value,
        path,
        Array.isArray(found) ? Array(edit.times).fill(found).flat() : Array(edit.times).fill(found),
      );
    case "swap": {
      const other = paths[edit.other % paths.length]!;
      return withValue(value, path, structuredClone(valueAt(value, other)));
    }
    case "scale":
      return typeof found === "number" ? withValue(value, path, found * edit.by) : withoutValue(value, path);
    case "add":
      return typeof found === "object" && found !== null && !Array.isArray(found)
        ? withValue(value, path, { ...found, [edit.key]: edit.value })
        : withValue(value, path, [found, edit.value]);
  }
}

/** Of at most 2,000 places: repeated changes would otherwise grow without end. */
function pathsOf(value: unknown): Path[] {
  const paths: Path[] = [[]];
  for (let at = 0; at < paths.length && paths.length < 2000; at++) {
    const found = valueAt(value, paths[at]!);
    if (typeof found !== "object" || found === null || ArrayBuffer.isView(found)) continue;
    if (paths[at]!.length > 20) continue;
    for (const key of Object.keys(found)) {
      paths.push([...paths[at]!, Array.isArray(found) ? Number(key) : key]);
    }
  }
  return paths;
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce((within, key) => (within as Record<string | number, unknown>)?.[key], value);
}

function withValue(value: unknown, path: Path, replacement: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return replacement;
  const copy = Array.isArray(value) ? [...value] : { ...(value as object) };
  Reflect.set(copy, key, withValue(Reflect.get(copy, key), rest, replacement));
  return copy;
}

function withoutValue(value: unknown, path: Path): unknown {
  const key = path.at(-1);
  if (key === undefined) return undefined;
  const parent = valueAt(value, path.slice(0, -1));
  const rest = Array.isArray(parent)
    ? parent.filter((_, index) => index !== key)
    : Object.fromEntries(Object.entries(parent as object).filter(([name]) => name !== key));
  return withValue(value, path.slice(0, -1), rest);
}

function nested(depth: number): unknown {
  let value: unknown = [];
  for (let level = 0; level < depth; level++) value = [value];
  return value;
}
