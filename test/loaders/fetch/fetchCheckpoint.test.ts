import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { recordFile } from "../../../loaders/fetch/downloadRecord.js";
import { type Fetch, fetchCheckpoint } from "../../../loaders/fetch/fetchCheckpoint.js";
import { FetchError, type PublishedCheckpoint } from "../../../loaders/fetch/fetchError.js";
import { findCheckpoint } from "../../../loaders/fetch/findCheckpoint.js";
import { listCheckpoints } from "../../../loaders/fetch/listCheckpoints.js";
import { archiveOf, checkpointEntries, checkpointFiles } from "./archives.js";
import { answer, quickSettings, serve } from "./fileServer.js";

const file = { bytes: archiveOf(checkpointEntries), etag: '"one"' };
const other = { bytes: archiveOf([...checkpointEntries, { path: "spinenet-49/more.txt" }]), etag: '"two"' };

let root: string;
let out: string;
let official: PublishedCheckpoint;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "spinenet-fetch-"));
  vi.stubEnv("SPINENET_ENGINE_HOME", join(root, "home"));
  out = join(root, "out");
  official = await findCheckpoint("retinanet/spinenet-49");
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(root, { recursive: true });
});

const fetchFrom = (address: string, more: Partial<Fetch> = {}) =>
  fetchCheckpoint({
    checkpoint: { ...official, address },
    out,
    progress: { step: () => {}, bytes: () => {} },
    signal: new AbortController().signal,
    settings: quickSettings,
    ...more,
  });

const served = (what = file) => serve((request, response) => answer(request, response, what));

describe("fetchCheckpoint", () => {
  it("leaves the checkpoint's folder and nothing else, and records the hash", async () => {
    const { address } = await served();
    const { action, folder, files, archive } = await fetchFrom(address);
    expect({ action, files }).toEqual({ action: "fetched", files: checkpointFiles });
    expect(archive).toMatchObject({ bytes: file.bytes.length, check: "recorded as the first download" });
    expect(await readdir(out)).toEqual(["retinanet-spinenet-49"]);
    expect((await readdir(folder)).sort()).toEqual(checkpointFiles);
    const listed = await listCheckpoints();
    expect(listed.find(({ name }) => name === official.name)?.sha256).toBe(archive?.sha256);
  });

  it("asks the server nothing where the files are there", async () => {
    const { address, requests } = await served();
    await fetchFrom(address);
    expect(await fetchFrom(address)).toMatchObject({ action: "unchanged", archive: null });
    expect(requests).toHaveLength(1);
  });

  it("compares a later download's hash with the first one's", async () => {
    await fetchFrom((await served()).address);
    const elsewhere = { out: join(root, "elsewhere") };
    const again = await fetchFrom((await served()).address, elsewhere);
    expect(again.archive?.check).toBe("same as the first download");
    await rm(elsewhere.out, { recursive: true });
    const changed = (await served(other)).address;
    await expect(fetchFrom(changed, elsewhere)).rejects.toThrow("It is damaged, or was published again");
    expect(existsSync(join(elsewhere.out, "retinanet-spinenet-49"))).toBe(false);
    await rm(recordFile(official));
    expect((await fetchFrom(changed, elsewhere)).archive?.check).toBe("recorded as the first download");
  });

  it("overwrites no file that differs", async () => {
    const { address } = await served();
    const { folder } = await fetchFrom(address);
    const index = join(folder, "model.ckpt.index");
    await writeFile(index, "mine");
    await expect(fetchFrom(address)).rejects.toThrow(`${index}: it differs from the published checkpoint`);
    await rm(recordFile(official));
    await expect(fetchFrom(address)).rejects.toThrow(`${index}: it differs from the published checkpoint`);
    expect(await readFile(index, "utf8")).toBe("mine");
    expect((await readdir(out)).filter((name) => name.endsWith(".partial"))).toEqual([]);
  });

  it("unpacks an archive that is there, keeps it, and records nothing", async () => {
    const from = join(root, "mine.tar.gz");
    await writeFile(from, file.bytes);
    const { action, archive } = await fetchFrom("https://no-such-host.invalid/a.tar.gz", { from });
    expect({ action, check: archive?.check }).toEqual({ action: "unpacked", check: "compared with nothing" });
    expect(existsSync(from)).toBe(true);
    expect(existsSync(recordFile(official))).toBe(false);
    await expect(fetchFrom("", { from: join(root, "none") })).rejects.toThrow("none: does not exist");
  });

  it("names the other ways where access is refused", async () => {
    const progress = { step: () => {}, bytes: () => {} };
    const { address } = await serve((_, response) => response.writeHead(403).end());
    await expect(fetchFrom(address, { progress })).rejects.toThrow(
      /answered 403: it refuses access.*a browser at http.*fetch retinanet\/spinenet-49 --from FILE/,
    );
  });

  it("names the bucket of an official address", () => {
    expect(new FetchError("It is refused.", official).message).toContain(
      "gsutil cp gs://cloud-tpu-checkpoints/detection/retinanet/spinenet-49.tar.gz .",
    );
  });

  it("drops a download that is complete but no archive, so that the next one starts again", async () => {
    const page = { bytes: Buffer.from("<html>Log in</html>"), etag: '"page"' };
    const { address } = await serve((request, response, turn) =>
      answer(request, response, turn === 0 ? page : file),
    );
    await expect(fetchFrom(address)).rejects.toThrow(/nothing of it was kept\..*Other ways/);
    expect(await readdir(out)).toEqual([]);
    expect((await fetchFrom(address)).action).toBe("fetched");
  });
});

describe("findCheckpoint", () => {
  it("takes a name, or its end if that is enough", async () => {
    expect((await findCheckpoint("spinenet-190-best")).name).toBe("retinanet/spinenet-190-best");
    await expect(findCheckpoint("spinenet-49")).rejects.toThrow(
      "retinanet/spinenet-49, maskrcnn/spinenet-49",
    );
    await expect(findCheckpoint("retinanet/spinnet-96")).rejects.toThrow(
      "did you mean retinanet/spinenet-96?",
    );
  });
});
