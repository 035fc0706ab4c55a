import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { apPresets } from "../../../../src/components/evaluate/averagePrecision/presets.js";
import { twelveNumbers } from "../../../../src/components/evaluate/averagePrecision/twelveNumbers.js";
import {
  type ApWorkbench,
  apWorkbench,
} from "../../../../src/components/evaluate/averagePrecision/workbench.js";
import { document } from "../../../dom.js";
import { fakeAddress } from "../../page/state/fakeAddress.js";

let address: ReturnType<typeof fakeAddress>;
let workbench: ApWorkbench;
const open = (query = "") => {
  address = fakeAddress(query);
  workbench = apWorkbench({
    address,
    copyLink: async () => {},
  });
  document.body.replaceChildren(workbench.element);
};
const get = <Found extends Element = HTMLElement>(selector: string) =>
  workbench.element.querySelector<Found>(selector)!;
const all = (selector: string) => [...workbench.element.querySelectorAll<HTMLElement>(selector)];
const rows = () => all(".ranking-table tbody tr").map((row) => [...row.children].map((c) => c.textContent));
const press = (element: Element, key: string, shiftKey = false) =>
  element.dispatchEvent(new KeyboardEvent("keydown", { key, shiftKey, bubbles: true, cancelable: true }));
const button = (text: string) => all("button").find(({ textContent }) => textContent === text)!;

beforeEach(() => {
  vi.useFakeTimers();
  open();
});
afterEach(() => {
  workbench.stop();
  vi.useRealTimers();
});

describe("apWorkbench(options)", () => {
  it("shows an example at once: its boxes, the ranking, the curve, and what it is for", () => {
    expect(all(".example-box.object")).toHaveLength(7);
    expect(rows()[3]).toEqual([
      "4",
      "0.71",
      "Ship",
      "0.79",
      "✗ wrong",
      "house K",
      "3/4 = 0.75",
      "3/7 = 0.43",
    ]);
    expect(get(".ap-remark").textContent).toBe(apPresets[0]!.remark);
    expect(all(".example-image figcaption").map(({ textContent }) => textContent)).toEqual([
      "Village 2 of 2 boats found",
      "Ship 1 of 2 boats found",
      "Boats 2 of 3 boats found",
    ]);
  });

  it("names each box for a reader who does not see it", () => {
    expect(get("[data-box='detection-0']").getAttribute("aria-label")).toBe(
      "Detection 1, score 0.96: right, found C, overlap 0.90. 18 from the left, 96 from the top, 322 by 156 pixels, in Ship.",
    );
    expect(get("[data-box='object-3']").getAttribute("aria-label")).toBe(
      "Boat D: missed. 0 from the left, 222 from the top, 39 by 16 pixels, in Ship; 624 square pixels.",
    );
  });

  it("moves and resizes the box that has the focus by arrow keys, and says what it came to", () => {
    const box = get<SVGElement>("[data-box='detection-0']");
    box.focus();
    press(box, "ArrowRight");
    press(box, "ArrowDown", true);
    // From 18, 96, 322 by 156: four to the right, then four higher.
    expect(workbench.store.shown.example.detections[0]!.bbox).toEqual([22, 96, 322, 160]);
    expect(document.activeElement).toBe(box);
    expect(get("[role=status]").textContent).toContain("22 from the left, 96 from the top, 322 by 160");
    expect(get(".ap-remark").textContent).toBe("An example of your own.");
    press(box, "PageDown");
    expect(workbench.store.shown.example.detections[0]!.score).toBe(0.91);
  });

  it("removes a box, brings the keyboard to another, and undoes it", () => {
    const box = get<SVGElement>("[data-box='detection-0']");
    box.focus();
    press(box, "Delete");
    expect(rows()).toHaveLength(7);
    expect(document.activeElement?.classList.contains("example-box")).toBe(true);
    button("Undo").click();
    expect(rows()).toHaveLength(8);
  });

  it("adds a detection or an object to the image in front, and lets its numbers be typed", () => {
    button("Add an object").click();
    expect(all(".example-box.object")).toHaveLength(8);
    const [x] = all(".box-place input") as HTMLInputElement[];
    x!.value = "900";
    x!.dispatchEvent(new Event("change"));
    // As far right as 80 of 400 pixels go.
    expect(workbench.store.shown.example.objects.at(-1)!.bbox).toEqual([320, 120, 80, 60]);
    const mark = [...get(".box-fields").querySelectorAll("select")][0]!;
    mark.selectedIndex = 1;
    mark.dispatchEvent(new Event("change"));
    expect(get(".box-name").textContent).toBe("Boat H: a crowd, not to be found");
  });

  it("points at one detection in the example, in the table and on the curve", () => {
    const row = all(".ranking-table tbody tr")[2]!;
    row.focus();
    expect(all(".pointed").map((element) => element.getAttribute("class")?.split(" ")[0])).toEqual([
      "example-box",
      "example-tag",
      expect.stringContaining("right"),
      "curve-point",
    ]);
    press(row, "ArrowDown");
    expect(get(".example-box.pointed").getAttribute("data-box")).toBe("detection-3");
    get<SVGElement>(".curve-point").focus();
    expect(get(".example-box.pointed").getAttribute("data-box")).toBe("detection-0");
  });

  it("plays the ranking detection by detection, and stops at its end", () => {
    button("Play").click();
    vi.advanceTimersByTime(1900);
    expect(get(".curve-steps label span").textContent).toBe("Best 2 of 8");
    expect(get(".curve-sentence").textContent).toContain("2: right, found E. So far 2 right, 0 wrong");
    vi.advanceTimersByTime(10_000);
    expect(get(".curve-steps label span").textContent).toBe("Best 8 of 8");
    expect(button("Play")).toBeDefined();
  });

  it("writes the address once the example has come to rest", () => {
    workbench.go("duplicate");
    workbench.store.look({ threshold: 5 });
    expect(address.written).toEqual([]);
    vi.advanceTimersByTime(1000);
    expect(address.written).toEqual(["?scene=duplicate&iou=0.75"]);
  });

  it("says what is wrong with an address, until something is changed", () => {
    open("?iou=0.51");
    expect(get("[role=alert]").textContent).toContain("iou=0.51");
    workbench.go("duplicate");
    expect(get("[role=alert]").textContent).toBe("");
    address.go("?scene=crowd");
    expect(workbench.store.shown.view.category).toBe(1);
    button("Undo").click();
    expect(get(".ap-remark").textContent).toBe(apPresets[1]!.remark);
    expect(() => workbench.go("none")).toThrow('There is no example "none".');
  });
});

describe("twelveNumbers(store)", () => {
  it("has a row a number, of each class and of both", () => {
    const numbers = twelveNumbers(workbench.store);
    const [first, , , small] = [...numbers.querySelectorAll("tbody tr")];
    const cells = (row: Element | undefined) => [...row!.children].map(({ textContent }) => textContent);
    expect(cells(first)).toEqual(["AP", "precision", "all ten", "all", "100", "0.383", "0.377", "0.380"]);
    // No house here is small.
    expect(cells(small).slice(-3)).toEqual(["0.000", "–", "0.000"]);
  });
});
