import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { presetNames } from "../../src/architecture/families/presets.js";
import { apAddress } from "../../src/components/evaluate/averagePrecision/urlState.js";
import { liveAddress } from "../../src/components/live/urlState.js";
import type { QueryCodec } from "../../src/components/page/state/query.js";
import { permuteAddress } from "../../src/components/permute/urlState.js";
import { resampleAddress } from "../../src/components/resample/urlState.js";
import { resultsAddress } from "../../src/components/results/urlState.js";
import { scaleAddress } from "../../src/components/scale/urlState.js";
import { searchAddress } from "../../src/components/search/urlState.js";
import { whyAddress } from "../../src/components/why/urlState.js";
import type { ResultsTable } from "../../src/pageData/resultsTable.js";
import { type ParserCheck, parserCheck } from "./parserCheck.js";

const table: ResultsTable = {
  caption: "A table",
  about: "",
  columns: [
    { key: "model", label: "Model", origin: "text" },
    { key: "AP", label: "AP", comparison: "difference" },
  ],
  rows: ["a", "b", "c"].map((id) => ({ id, model: id, family: "S", AP: 1 })),
  choices: [{ key: "family", label: "Family" }],
};

/** Names of parameters of any page, and values that some of them take. */
const names = [
  ..."model preset blocks settings against block sample score backend connection edge alpha parent target".split(
    " ",
  ),
  ..."axis t.sort t.find t.family t.rows step part open network seed truths detections example".split(" "),
  ..."gt dt boxes iou area max k measure".split(" "),
];
const values = fc.oneof(
  fc.constantFrom(...presetNames, "0", "1", "0.5", "5-15", "AP.descending", "a.b", "auto", "one", "2b.3r1"),
  fc.constantFrom(
    "-1",
    "1e9",
    "NaN",
    "Infinity",
    "__proto__",
    "constructor",
    "x".repeat(20_000),
    "\u0000\u001b[2J",
    "%",
  ),
  fc.stringMatching(/^[0-9brm.\-~_]{0,60}$/),
  fc.jsonValue().map((value) => JSON.stringify(value)),
  fc
    .record({ repeats: fc.double(), widths: fc.jsonValue(), stemWidth: fc.nat() }, { requiredKeys: [] })
    .map((backbone) => JSON.stringify({ backbone })),
  fc.string({ maxLength: 50 }),
);
const queries = fc.oneof(
  fc
    .array(fc.tuple(fc.oneof(fc.constantFrom(...names), fc.string()), values), { maxLength: 8 })
    .map((pairs) => `?${new URLSearchParams(pairs)}`),
  fc.string().map((text) => `?${text}`),
);

/** The address of every page: whatever it says, the page opens, in a state that it writes as it was read. */
export function addressChecks(): ParserCheck[] {
  return [
    addressCheck("/evaluate", apAddress),
    addressCheck("/live", liveAddress),
    addressCheck("/permute", permuteAddress),
    addressCheck("/resample", resampleAddress([{ from: 5, to: 15 }])),
    addressCheck("/results", resultsAddress({ t: table })),
    addressCheck("/scale", scaleAddress),
    addressCheck("/search", searchAddress),
    addressCheck("/why", whyAddress({ usual: 14, last: 21 })),
  ];
}

function addressCheck<State>(page: string, address: QueryCodec<State>): ParserCheck {
  return parserCheck({
    name: `address of ${page}`,
    inputs: queries,
    parse: (input) => {
      const { state, problems } = address.read(input);
      const long = problems.find((problem) => problem.length > 600 || /\p{Cc}/u.test(problem));
      if (long !== undefined) throw new Error(`A problem is not fit to be shown: ${long.slice(0, 1000)}`);
      const again = address.read(address.write("", state));
      if (again.problems.length > 0) throw new Error(`What the page writes, it refuses: ${again.problems}`);
      if (!isDeepStrictEqual(again.state, state)) {
        throw new Error(`It reads ${JSON.stringify(again.state)} where it wrote ${JSON.stringify(state)}.`);
      }
    },
    source: "An address is never refused with an error",
  });
}
