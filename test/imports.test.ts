import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { describe, expect, test } from "vitest";

/** What each room may import from besides itself. Pages are the files right under src. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  pages: ["components", "workers", "pageData", "architecture", "coco"],
  components: ["pageData", "messages", "architecture", "coco", "text"],
  pageData: ["messages", "architecture", "text"],
  messages: ["architecture", "coco", "text"],
  workers: ["messages", "detection", "network", "checkpoints", "architecture", "coco", "text"],
  detection: ["network", "checkpoints", "architecture", "coco", "text"],
  network: ["architecture", "text"],
  checkpoints: ["architecture", "text"],
  architecture: ["text"],
  coco: ["text"],
  text: [],
  data: ["loaders"],
  loaders: [
    "pageData",
    "messages",
    "workers",
    "detection",
    "network",
    "checkpoints",
    "architecture",
    "coco",
    "text",
  ],
};

/** `import … from "x"`, `export … from "x"`, `import "x"`, `import("x")` and `import.meta.resolve("x")`, types or not. */
const importPattern =
  /(?:^|\n)\s*(?:import|export)\s(?:[^;"']*?\sfrom\s*)?"([^"]+)"|\bimport(?:\.meta\.resolve)?\(\s*"([^"]+)"/g;

interface Import {
  readonly from: string;
  readonly to: string;
}

const filesUnder = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, name))
    .filter((path) => /\.(ts|js|md)$/.test(path) && !path.includes(".observablehq"));

/** The source a relative import names: TypeScript is imported by the name of the JavaScript it becomes. */
function resolveImport(from: string, specifier: string): string {
  const path = join(dirname(from), specifier);
  const typescript = path.replace(/\.js$/, ".ts");
  return existsSync(typescript) ? typescript : path;
}

function importsOf(path: string, source: string): Import[] {
  return [...source.matchAll(importPattern)]
    .map((match) => match[1] ?? match[2] ?? "")
    .filter((specifier) => specifier.startsWith("."))
    .map((specifier) => ({ from: path, to: resolveImport(path, specifier) }));
}

function roomOf(path: string): string {
  const [top, room, ...rest] = path.split("/");
  if (top !== "src") return top!;
  return rest.length === 0 ? "pages" : room!;
}

function isAllowed({ from, to }: Import): boolean {
  const room = roomOf(from);
  return roomOf(to) === room || (allowed[room] ?? []).includes(roomOf(to));
}

/** The first circle found, as the files on it, the first one again at its end; null where there is none. */
function findCircle(imports: readonly Import[]): string[] | null {
  const targets = new Map<string, Import[]>();
  for (const one of imports) targets.set(one.from, [...(targets.get(one.from) ?? []), one]);
  const done = new Set<string>();
  const walk = (file: string, trail: readonly string[]): string[] | null => {
    const start = trail.indexOf(file);
    if (start >= 0) return [...trail.slice(start), file];
    if (done.has(file)) return null;
    for (const { to } of targets.get(file) ?? []) {
      const circle = walk(to, [...trail, file]);
      if (circle !== null) return circle;
    }
    done.add(file);
    return null;
  };
  for (const file of targets.keys()) {
    const circle = walk(file, []);
    if (circle !== null) return circle;
  }
  return null;
}

const imports = [...filesUnder("src"), ...filesUnder("loaders")].flatMap((path) =>
  importsOf(relative(".", path), readFileSync(path, "utf8")),
);

describe("imports", () => {
  test("go one way between the rooms", () => {
    expect(imports).not.toEqual([]);
    const forbidden = imports.filter((one) => !isAllowed(one)).map(({ from, to }) => `${from} → ${to}`);
    expect(forbidden).toEqual([]);
  });

  test("name files that exist", () => {
    const missing = imports.filter(({ to }) => !existsSync(to)).map(({ from, to }) => `${from} → ${to}`);
    expect(missing).toEqual([]);
  });

  test("go in no circle", () => {
    expect(findCircle(imports)).toBeNull();
  });
});

describe("the test of imports itself", () => {
  test("finds imports of values, of types, for their effect, on demand, over many lines, and of workers", () => {
    const source = [
      `import { a } from "./a.js";`,
      `import type { B } from "../b.js";`,
      `import "./c.js";`,
      `export * from "./d.js";`,
      `import {\n  e,\n} from "./e.js";`,
      `const f = await import("./f.js");`,
      `new Worker(import.meta.resolve("./g.js"));`,
      `import h from "h";`,
    ].join("\n");
    expect(importsOf("src/x/y.ts", source).map(({ to }) => to)).toEqual([
      "src/x/a.js",
      "src/b.js",
      "src/x/c.js",
      "src/x/d.js",
      "src/x/e.js",
      "src/x/f.js",
      "src/x/g.js",
    ]);
  });

  test("forbids what points the wrong way", () => {
    expect(isAllowed({ from: "src/coco/a.ts", to: "src/architecture/b.ts" })).toBe(false);
    expect(isAllowed({ from: "src/components/a.ts", to: "src/network/b.ts" })).toBe(false);
    expect(isAllowed({ from: "src/network/a.ts", to: "loaders/b.ts" })).toBe(false);
    expect(isAllowed({ from: "src/data/a.json.ts", to: "loaders/b.ts" })).toBe(true);
    expect(isAllowed({ from: "src/index.md", to: "src/components/b.ts" })).toBe(true);
  });

  test("finds a circle of three", () => {
    const circle = [
      { from: "a", to: "b" },
      { from: "b", to: "c" },
      { from: "c", to: "a" },
    ];
    expect(findCircle(circle)).toEqual(["a", "b", "c", "a"]);
    expect(findCircle(circle.slice(0, 2))).toBeNull();
  });
});
