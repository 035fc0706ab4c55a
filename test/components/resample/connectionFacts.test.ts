import { describe, expect, it } from "vitest";
import { descriptionOf } from "../../../src/architecture/costs/description.js";
import { modelByName } from "../../../src/architecture/families/modelByName.js";
import { connectionFacts } from "../../../src/components/resample/connectionFacts.js";

describe("connectionFacts(network)", () => {
  it("counts and names the connections of SpineNet-49", () => {
    const network = descriptionOf(modelByName("spinenet-49"));
    const { operations, same, passing, deep, cheaperAtOnce, multiplyAdds } = connectionFacts(network);
    // 15 permuted blocks with two parents each.
    expect(operations).toHaveLength(30);
    expect([same, passing, deep, cheaperAtOnce]).toEqual([
      9,
      "0 → 1 and 11 → 14",
      "5 → 15",
      "3 → 6, 5 → 6, 8 → 9 and 5 → 15",
    ]);
    expect(multiplyAdds).toBe(
      network.connections.reduce((sum, connection) => sum + connection.multiplyAdds, 0),
    );
  });
});
