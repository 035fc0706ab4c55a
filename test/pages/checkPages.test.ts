import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { checkPages } from "./checkPages.js";

const right = `---
title: Right
---

\`\`\`js
import {FileAttachment} from "observablehq:stdlib";
import {modelByName} from "./architecture/families/modelByName.js";

const scale = await FileAttachment("data/scale.json").json();
const model = modelByName("spinenet-49");
const named = (id = 0) => \`\${id} of \${model.name}\`;
display(named(1));
\`\`\`

The network is \${model.name}; there are \${scale.spineNet.length} in its family.
`;

describe("checkPages(folder)", () => {
  it("says by page, line and column what is wrong with the types of blocks, data and expressions", async () => {
    const folder = await mkdtemp(join(tmpdir(), "pages-"));
    onTestFinished(() => rm(folder, { recursive: true }));
    await writeFile(join(folder, "right.md"), right);
    const wrong = right.replace("model.name};", "model.nam};").replace("scale.spineNet", "scale.spine");
    await writeFile(join(folder, "wrong.md"), wrong.replace('"spinenet-49"', '"spinenet-50"'));
    await writeFile(join(folder, "open.md"), "---\n---\n\n${");
    expect((await checkPages(folder)).filter((line) => !line.startsWith(" "))).toEqual([
      `${join(folder, "open.md")}: An expression has no end: `,
      expect.stringMatching(/wrong\.md\(10,27\): error TS2345: .*"spinenet-50"/),
      expect.stringMatching(/wrong\.md\(15,24\): error TS2551: .*'nam'/),
      expect.stringMatching(/wrong\.md\(15,48\): error TS\d+: .*'spine'/),
    ]);
  }, 60_000);
});
