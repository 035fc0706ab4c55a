import { type BackendChoice, backendNames } from "../../messages/detection.js";
import { choice, decimal, text } from "../page/state/parameter.js";
import { queryCodec } from "../page/state/query.js";

/** The part of the page's state that is in its address. */
export interface LiveState {
  /** Ids; null where the address names none. */
  readonly model: string | null;
  readonly sample: string | null;
  /** Objects from this score on are shown. */
  readonly score: number;
  readonly backend: BackendChoice;
}

/** Raw detections are kept down to the first; the last would leave none. */
export const scoreRange = { from: 0.05, to: 0.95, step: 0.01 } as const;

export const liveAddress = queryCodec<LiveState>(
  { model: null, sample: null, score: 0.4, backend: "auto" },
  {
    model: text("model"),
    sample: text("sample"),
    score: decimal("score", scoreRange),
    backend: choice(
      "backend",
      ["auto", ...backendNames],
      String,
      "; it should be webgpu, webgl or wasm. The page chooses by itself.",
    ),
  },
);
