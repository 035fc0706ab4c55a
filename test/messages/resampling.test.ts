import { describe, expect, it } from "vitest";
import type { SmallConnection } from "../../src/architecture/drawing/smallConnection.js";
import { resamplingProtocol } from "../../src/messages/resampling.js";
import { parseMessage } from "../../src/workers/envelope.js";

const connection: SmallConnection = {
  direction: "down",
  ratio: 2,
  alpha: 0.5,
  parent: "bottleneck",
  target: "residual",
};
const { question } = resamplingProtocol.questions.resample;

describe("a question to the resampling worker", () => {
  it("that asks for what there is none of is refused by its field", () => {
    expect(parseMessage(question, connection, "it")).toEqual(connection);
    expect(() => parseMessage(question, { ...connection, ratio: 3 }, "it")).toThrow(/it: ratio/);
    expect(() => parseMessage(question, { ...connection, parent: "mbconv" }, "it")).toThrow(/it: parent/);
  });
});
