import { resolve } from "node:path";
import { SingleBar } from "cli-progress";
import { Command } from "commander";
import type { FetchReport } from "../fetch/fetchCheckpoint.js";
import type { FetchProgress } from "../fetch/fetchProgress.js";
import type { ListedCheckpoint } from "../fetch/listCheckpoints.js";
import { log } from "../log.js";
import { tableLines } from "../tableLines.js";
import { printJson, printLines } from "../terminal.js";

interface FetchOptions {
  readonly out?: string;
  readonly from?: string;
  readonly json?: boolean;
}

/** `fetch`: the checkpoints that the authors published. */
export function fetchCommand(): Command {
  return new Command("fetch")
    .description(
      "Downloads a checkpoint that SpineNet's authors published, for convert; without a name, lists them.",
    )
    .argument("[name]", "a name from the list; its part after the slash is enough if only one has it")
    .option(
      "--out <dir>",
      "folder for the checkpoint's folder (default: checkpoints in the user's cache folder)",
    )
    .option("--from <file>", "unpack this .tar.gz, which you got otherwise, instead of downloading it")
    .option("--json", "print the list, or {name, action, folder, files, archive, convert}")
    .addHelpText(
      "after",
      `
An interrupted download continues when the same command is run again, if the server still has the same file. Only https
addresses are requested. Of the archive, only the files that a checkpoint needs are unpacked, into a new folder that is
then renamed; an archive with links, devices or paths that lead out of it is refused. Files that differ are not
overwritten.

The authors published neither sizes nor hashes. The first complete download's hash is recorded, and later ones must have
the same: that shows a change, but not that the first one was right. convert checks the checksum of each tensor.

Environment: SPINENET_ENGINE_HOME (folder instead of the cache).`,
    )
    .action(async (name: string | undefined, options: FetchOptions, command: Command) => {
      if (name !== undefined) return fetchNamed(name, options);
      if (options.out !== undefined || options.from !== undefined) {
        command.error("error: --out and --from need the name of a checkpoint.", { exitCode: 2 });
      }
      const { listCheckpoints } = await import("../fetch/listCheckpoints.js");
      const listed = await listCheckpoints();
      if (options.json) printJson(listed, 2);
      else printLines(listLines(listed));
    });
}

async function fetchNamed(name: string, { out, from, json }: FetchOptions): Promise<void> {
  const [{ fetchCheckpoint }, { findCheckpoint }, { checkpointHome }] = await Promise.all([
    import("../fetch/fetchCheckpoint.js"),
    import("../fetch/findCheckpoint.js"),
    import("../fetch/downloadRecord.js"),
  ]);
  const checkpoint = await findCheckpoint(name);
  const interruption = new AbortController();
  const interrupt = (): void =>
    interruption.abort(new Error("The fetch was interrupted; the same command continues the download."));
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  for (const signal of signals) process.once(signal, interrupt);
  const { progress, stop } = showProgress();
  try {
    const { signal } = interruption;
    const report = await fetchCheckpoint({
      checkpoint,
      out: resolve(out ?? checkpointHome()),
      from,
      progress,
      signal,
    });
    stop();
    const next = checkpoint.kind === "Mask R-CNN" ? null : convertCommandFor(report);
    if (json) printJson({ ...report, convert: next }, 2);
    else printLines(reportLines(report, next));
  } finally {
    stop();
    for (const signal of signals) process.off(signal, interrupt);
  }
}

/** The command line to run next, for a POSIX shell. */
function convertCommandFor({ name, folder }: FetchReport): string {
  const quoted = /^[\w./-]+$/.test(folder) ? folder : `'${folder.replaceAll("'", "'\\''")}'`;
  return `npm run --silent spinenet -- convert ${quoted} --out ${name.replaceAll("/", "-")}.safetensors`;
}

function reportLines({ name, action, folder, files, archive }: FetchReport, next: string | null): string[] {
  const done = action === "unchanged" ? "is there already; nothing was changed" : action;
  const hash = archive && `${archive.bytes} bytes, sha256 ${archive.sha256}, ${archive.check}`;
  return [
    `${name} ${done}.`,
    `  folder   ${folder}`,
    `  files    ${files.join(", ")}`,
    ...(hash === null ? [] : [`  archive  ${hash}`]),
    next === null
      ? "convert reads RetinaNets and classifiers only, so not this one."
      : `Convert it next:\n  ${next}`,
  ];
}

function listLines(listed: readonly ListedCheckpoint[]): string[] {
  const header = ["name", "detector", "model", "pixels", "epochs", "box AP", "archive", "sha256"];
  const rows = listed.map((each) => [
    each.name,
    each.kind,
    each.model,
    String(each.resolution),
    String(each.epochs ?? "–"),
    each.AP?.toFixed(1) ?? "–",
    sizeText(each),
    each.sha256?.slice(0, 12) ?? "unknown",
  ]);
  const notes = listed.flatMap(({ name, note }) => (note === null ? [] : [` ${name}: ${note}`]));
  return [
    ...tableLines([header, ...rows]),
    "",
    "AP is of COCO val2017, as the authors' repositories print it. Sizes and hashes were never published: those with ≈ are",
    "4 bytes for each parameter, and twice that if the optimiser's state is in it; others are of the first download here.",
    "",
    ...notes,
  ];
}

function sizeText({ bytes, estimatedBytes }: ListedCheckpoint): string {
  const megabytes = (count: number): string => (count / 1e6).toFixed(0);
  if (bytes !== null) return `${megabytes(bytes)} MB`;
  return estimatedBytes === null ? "unknown" : `≈ ${estimatedBytes.map(megabytes).join(" or ")} MB`;
}

function showProgress(): { progress: FetchProgress; stop: () => void } {
  let bar: SingleBar | undefined;
  let startedAt = { ms: 0, bytes: 0 };
  const stop = (): void => {
    bar?.stop();
    bar = undefined;
  };
  const progress: FetchProgress = {
    step: (text) => {
      stop();
      log.info(`${text} …`);
    },
    bytes: (done, total) => {
      const megabytes = (done / 1e6).toFixed(1);
      if (!bar) {
        startedAt = { ms: performance.now(), bytes: done };
        const known = "download {bar} {megabytes}/{totalMegabytes} MB | {speed} MB/s | {eta_formatted} left";
        const format = total === undefined ? "download {megabytes} MB (size unknown) | {speed} MB/s" : known;
        bar = new SingleBar({ format, stream: process.stderr, etaBuffer: 500 });
        const totalMegabytes = ((total ?? 0) / 1e6).toFixed(1);
        bar.start(total ?? 0, done, { megabytes, totalMegabytes, speed: "–" });
        return;
      }
      const seconds = (performance.now() - startedAt.ms) / 1000;
      bar.update(done, { megabytes, speed: ((done - startedAt.bytes) / 1e6 / seconds).toFixed(1) });
    },
  };
  return { progress, stop };
}
