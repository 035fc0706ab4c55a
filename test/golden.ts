import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";

const folder = join("test", "golden");

/** Before elements that begin a line of their own in a golden file. Not those inside text, where a line is a space. */
const ownLine =
  /(?<=>)\s*(?=<(?:\/?(?:g|svg|defs|clipPath|marker|symbol)|path|rect|circle|ellipse|line|polyline|polygon|text|image|use|style|title)\b)/g;

/** The drawing as a file of its own: an SVG that any viewer opens, and that a diff can be read of. */
export function asFile(svg: string): string {
  const named = /<svg[^>]*\sxmlns=/.test(svg)
    ? svg
    : svg.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"');
  return `${named.trim().replace(ownLine, "\n")}\n`;
}

/**
 * Holds a drawing to `test/golden/<name>.svg`. Where they differ, or there is no such file, the
 * drawing is written beside it as `<name>-changed.svg` and the test fails; `npm run golden` accepts drawings as
 * they are.
 *
 * @param svg the drawing's outer HTML; it must come out the same on every machine
 */
export function expectGolden(name: string, svg: string): void {
  const golden = join(folder, `${name}.svg`);
  const changed = join(folder, `${name}-changed.svg`);
  const drawn = asFile(svg);
  if (process.env.UPDATE_GOLDEN === "1") {
    mkdirSync(folder, { recursive: true });
    writeFileSync(golden, drawn);
    rmSync(changed, { force: true });
    return;
  }
  const kept = existsSync(golden) ? readFileSync(golden, "utf8") : null;
  if (kept === drawn) {
    rmSync(changed, { force: true });
    return;
  }
  mkdirSync(folder, { recursive: true });
  writeFileSync(changed, drawn);
  expect(
    drawn,
    `${golden} ${kept === null ? "does not exist" : "differs"}; look at ${changed}, and accept it with: npm run golden`,
  ).toBe(kept ?? "");
}
