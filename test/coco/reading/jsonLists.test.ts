import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readJsonArray, readJsonLists } from "../../../src/coco/reading/jsonLists.js";
import { chunksOf } from "./chunks.js";

async function rowsOf(text: string | Uint8Array, cuts: readonly number[] = []): Promise<unknown[]> {
  const rows: unknown[] = [];
  await readJsonArray(chunksOf(text, cuts), "d.json", (batch) => rows.push(...batch));
  return rows;
}

async function listsOf(text: string, cuts: readonly number[] = [], names = ["images", "annotations"]) {
  const found: Record<string, unknown[]> = {};
  const lists = new Map(
    names.map((name) => {
      found[name] = [];
      return [name, (batch: readonly unknown[]) => void found[name]!.push(...batch)];
    }),
  );
  await readJsonLists(chunksOf(text, cuts), "a.json", lists);
  return found;
}

/** Spells a value as JSON with white space wherever there may be some. */
function spaced(value: unknown, space: () => string): string {
  const joined = (parts: readonly string[]) => parts.map((part) => space() + part + space()).join(",");
  if (Array.isArray(value)) {
    return `[${value.length === 0 ? space() : joined(value.map((each) => spaced(each, space)))}]`;
  }
  if (typeof value === "object" && value !== null) {
    const fields = Object.entries(value).map(
      ([key, each]) => `${JSON.stringify(key)}${space()}:${space()}${spaced(each, space)}`,
    );
    return `{${fields.length === 0 ? space() : joined(fields)}}`;
  }
  return JSON.stringify(value);
}

/** Text that looks like JSON's own marks, its escapes, and characters of one to four bytes. */
const trickyText = fc.string({
  unit: fc.constantFrom("{", "}", "[", "]", ",", ":", '"', "\\", "\n", "a", "NaN", "é", "€", "😀", "\u0000"),
});
const json = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    fc.oneof(trickyText, fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer()),
    fc.constantFrom(null, true, false),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(trickyText, tie("value"), { maxKeys: 4 }),
  ),
})).value;
const cuts = fc.array(fc.nat(300));
const spaces = fc.infiniteStream(fc.constantFrom("", "", " ", "\n", "\r\n\t"));

describe("readJsonArray", () => {
  it("gives JSON.parse's elements, wherever the chunks are cut and whatever white space there is", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(json), cuts, spaces, async (value, cuts, spaces) => {
        const space = () => spaces.next().value;
        const text = space() + spaced(value, space) + space();
        expect(await rowsOf(text, cuts)).toEqual(JSON.parse(text));
      }),
      { numRuns: 500 },
    );
  });

  it("gives them of a file that comes byte by byte, in escapes, too", async () => {
    const text = String.raw` [ {"a\"]":"\\"} , "\\\"}" , "\u00e9é€😀" , [[],{}] , -1.5e-3 ] `;
    const bytes = new TextEncoder().encode(text).length;
    const everywhere = Array.from({ length: bytes }, (_, index) => index);
    expect(await rowsOf(text, everywhere)).toEqual(JSON.parse(text));
  });

  it("hands over a large file in batches, in their order", async () => {
    const value = Array.from({ length: 50_000 }, (_, id) => ({ id, name: `row ${id}` }));
    const sizes: number[] = [];
    const rows: unknown[] = [];
    await readJsonArray(chunksOf(JSON.stringify(value)), "d.json", (batch) => {
      sizes.push(batch.length);
      rows.push(...batch);
    });
    expect(rows).toEqual(value);
    expect(sizes.length).toBeGreaterThan(5);
  });

  it("takes an element of many chunks", async () => {
    const value = [{ counts: "x".repeat(300_000) }, { counts: [] }];
    const cuts = Array.from({ length: 300 }, (_, index) => 1000 * index);
    expect(await rowsOf(JSON.stringify(value), cuts)).toEqual(value);
  });

  it("is not misled by what looks like the seam of two elements within one, or in the list behind", async () => {
    const value = [
      { parts: [{ a: 1 }, { b: 2 }], name: "}, {" },
      { name: "},{\\" },
      [{}, {}],
      { parts: [{}, {}] },
    ];
    const text = JSON.stringify(value);
    for (let cut = 0; cut < text.length; cut++) {
      expect(await rowsOf(text, [cut])).toEqual(value);
    }
    const lists = { images: [{ id: 1 }], info: [{}, {}], annotations: [{ id: 2 }, { id: 3 }, { id: 4 }] };
    expect(await listsOf(JSON.stringify(lists))).toEqual({
      images: lists.images,
      annotations: lists.annotations,
    });
  });

  it.each([
    ["[]", []],
    [" \n[ ]\n", []],
    ["\uFEFF[1]", [1]],
    ["[[],[]]", [[], []]],
  ])("reads %j", async (text, rows) => {
    for (const cuts of [[], [1], [1, 2, 3, 4]]) {
      expect(await rowsOf(text, cuts)).toEqual(rows);
    }
  });

  it("reads Python's NaN and Infinity as what they mean, but not in strings", async () => {
    const text = String.raw`[{"a": NaN, "b": [Infinity, -Infinity], "c": "NaN, \"Infinity", "d\\": -1}, 2]`;
    expect(await rowsOf(text)).toEqual([
      {
        a: Number.NaN,
        b: [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
        c: 'NaN, "Infinity',
        "d\\": -1,
      },
      2,
    ]);
  });

  it("tells how many bytes were read", async () => {
    const told: number[] = [];
    await readJsonArray(chunksOf("[1, 2, 3]", [4, 7]), "d.json", () => {}, {
      onProgress: (bytes) => told.push(bytes),
    });
    expect(told).toEqual([4, 7, 9]);
  });

  it("lets go of the file when a row is refused", async () => {
    let closed = false;
    async function* chunks() {
      try {
        yield new TextEncoder().encode("[1,");
        yield new TextEncoder().encode("2]");
      } finally {
        closed = true;
      }
    }
    const refusal = readJsonArray(chunks(), "d.json", () => {
      throw new Error("no");
    });
    await expect(refusal).rejects.toThrow("no");
    expect(closed).toBe(true);
  });

  const again = "download or write the file again.";
  it.each([
    ["", "d.json: is empty; expected an array."],
    ["  \n", "d.json: is empty; expected an array."],
    ['{"results": []}', "d.json: is an object; expected an array."],
    [
      '{"info": {}, "images": []}',
      "d.json: is an object; expected an array. This looks like the annotations file.",
    ],
    ["null", "d.json: is null; expected an array."],
    ["12", "d.json: is a number; expected an array."],
    ["<html>", `d.json: is not valid JSON at byte 0: found "<", expected [; ${again}`],
    ["[1, 2", `d.json: ends early at byte 5, in [1]; ${again}`],
    ['[{"a": 1}, {"b": "}]', `d.json: ends early at byte 20, in [1]; ${again}`],
    ["[1, 2, ", `d.json: ends early at byte 7, in [2]; ${again}`],
    ["[1]]", `d.json: is not valid JSON at byte 3: found "]", expected the end of the file; ${again}`],
    ["[1,, 2]", `d.json: [1]: is missing at byte 3; ${again}`],
    ["[, 1]", `d.json: [0]: is missing at byte 1; ${again}`],
    ["[1, ]", `d.json: [1]: is missing at byte 3; ${again}`],
    ["[,]", `d.json: [0]: is missing at byte 1; ${again}`],
    ["[1, 2}", `d.json: [1]: is followed by } at byte 5, expected , or ]; ${again}`],
  ])("refuses %j", async (text, message) => {
    for (const cuts of [[], [1, 2, 3, 4, 5, 6]]) {
      await expect(rowsOf(text, cuts)).rejects.toThrow(message);
    }
  });

  it.each([
    ["two values without a comma", "[1, 2, 3 4]", "d.json: [2]: is not valid JSON, from byte 6 ("],
    [
      "an element closed by another bracket",
      '[1, {"a": 2]]',
      "d.json: [1]: is not valid JSON, from byte 3 (",
    ],
    ["a name without quotes", "[1, {a: 2}]", "d.json: [1]: is not valid JSON, from byte 3 ("],
    ["a word of another language", "[None]", "d.json: [0]: is not valid JSON, from byte 1 ("],
    ["a word that begins with Python's", "[NaNa]", "d.json: [0]: is not valid JSON, from byte 1 ("],
  ])("refuses %s, naming the element", async (_, text, message) => {
    await expect(rowsOf(text)).rejects.toThrow(message);
    await expect(rowsOf(text)).rejects.toThrow(`); ${again}`);
  });

  it("refuses text in another encoding, naming the element", async () => {
    const latin1 = Uint8Array.from('[1, "\u00e9"]', (character) => character.charCodeAt(0));
    await expect(rowsOf(latin1)).rejects.toThrow(
      new Error("d.json: [1]: is not UTF-8 text, from byte 3; save the file as UTF-8."),
    );
  });

  it("refuses a compressed file, naming the way out", async () => {
    await expect(rowsOf(Uint8Array.of(0x1f, 0x8b, 8, 0))).rejects.toThrow(
      new Error("d.json: is compressed with gzip; decompress it first."),
    );
  });
});

describe("readJsonLists", () => {
  it("gives JSON.parse's lists, in whatever order they come, and passes over the rest", async () => {
    const list = fc.array(json, { maxLength: 5 });
    const value = fc.record({ images: list, annotations: list, info: json, licenses: json });
    const order = fc.shuffledSubarray(["images", "annotations", "info", "licenses"], { minLength: 4 });
    await fc.assert(
      fc.asyncProperty(value, order, cuts, spaces, async (value, order, cuts, spaces) => {
        const space = () => spaces.next().value;
        const ordered = Object.fromEntries(
          order.map((key) => [key, Object.entries(value).find(([k]) => k === key)![1]]),
        );
        const text = space() + spaced(ordered, space) + space();
        const { images, annotations } = JSON.parse(text);
        expect(await listsOf(text, cuts)).toEqual({ images, annotations });
      }),
      { numRuns: 300 },
    );
  });

  it("knows a field by what its name means, not by how it is spelled", async () => {
    expect(await listsOf(String.raw`{"im\u0061ges":[1],"constructor":[2],"annotations":[]}`)).toEqual({
      images: [1],
      annotations: [],
    });
  });

  const again = "download or write the file again.";
  it.each([
    ["{}", "a.json: images: missing; expected an array of {id, file_name, width, height}."],
    [
      '{"images": []}',
      "a.json: annotations: missing; expected an array of {id, image_id, category_id, bbox, area, iscrowd}.",
    ],
    [
      '{"images": {"1": {}}}',
      "a.json: images: is an object; expected an array of {id, file_name, width, height}.",
    ],
    ['{"images": null}', "a.json: images: is null; expected an array of {id, file_name, width, height}."],
    ['{"images": [], "images": []}', "a.json: images: is duplicated; expected one list of that name."],
    ["[]", "a.json: is an array; expected an object."],
    [
      '[{"image_id": 1, "score": 1}]',
      "a.json: is an array; expected an object. This looks like the detections file.",
    ],
    ['"text"', "a.json: is text; expected an object."],
    ['{"images": [1, 2', `a.json: ends early at byte 16, in images[1]; ${again}`],
    ['{"images": []', `a.json: ends early at byte 13; ${again}`],
    ['{"info": {"a": "', `a.json: ends early at byte 16; ${again}`],
    ['{"info', `a.json: ends early at byte 6; ${again}`],
    ['{"info" []}', `a.json: is not valid JSON at byte 8: found "[", expected :; ${again}`],
    ['{"info": }', `a.json: is not valid JSON at byte 9: found "}", expected a value; ${again}`],
    [
      '{"images": [] "info": 1}',
      `a.json: is not valid JSON at byte 14: found "\\"", expected , or }; ${again}`,
    ],
    ['{"images": [],}', `a.json: is not valid JSON at byte 14: found "}", expected "; ${again}`],
    ['{"info": 1]', `a.json: is not valid JSON at byte 10: found "]", expected , or }; ${again}`],
    ['{"images": [1}', "a.json: images[0]: is followed by } at byte 13, expected , or ]"],
  ])("refuses %j", async (text, message) => {
    for (const cuts of [[], Array.from({ length: 30 }, (_, index) => index)]) {
      await expect(listsOf(text, cuts)).rejects.toThrow(message);
    }
  });
});
