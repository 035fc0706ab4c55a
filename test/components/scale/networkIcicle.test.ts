import "../../dom.js";

import { describe, expect, it } from "vitest";
import { urlState } from "../../../src/components/page/state/urlState.js";
import { networkIcicle } from "../../../src/components/scale/networkIcicle.js";
import { scaleAddress } from "../../../src/components/scale/urlState.js";
import { fakeAddress } from "../page/state/fakeAddress.js";

describe("networkIcicle(name, state)", () => {
  it("opens the part that the state names, and keeps what the reader opens", () => {
    const address = fakeAddress("?open=head");
    const { notes, draw } = networkIcicle("spinenet-49", urlState(scaleAddress, address));
    expect(notes).toEqual([]);
    const path = draw(640).querySelector<HTMLButtonElement>("nav button");
    path?.click();
    expect(address.query()).toBe("");
  });

  it("closes a part that the network lacks, and says so", () => {
    const address = fakeAddress("?open=pyramid&x=1");
    const { notes } = networkIcicle("spinenet-49", urlState(scaleAddress, address));
    expect(notes).toEqual(["SpineNet-49 has no part “pyramid”; the whole network is shown."]);
    expect(address.query()).toBe("?x=1");
  });
});
