import { gzipSync } from "node:zlib";
import { Header } from "tar";

/** An entry of a test's archive. */
export interface ArchiveEntry {
  readonly path: string;
  readonly content?: Buffer;
  readonly type?: "File" | "Directory" | "SymbolicLink" | "Link" | "CharacterDevice" | "BlockDevice" | "FIFO";
  readonly linkpath?: string;
}

/** A checkpoint's files as the published archives hold them; the bytes are not a checkpoint's. */
export const checkpointEntries: readonly ArchiveEntry[] = [
  { path: "spinenet-49/", type: "Directory" },
  { path: "spinenet-49/checkpoint", content: Buffer.from('model_checkpoint_path: "model.ckpt"\n') },
  { path: "spinenet-49/model.ckpt.index", content: Buffer.from("index") },
  { path: "spinenet-49/model.ckpt.data-00000-of-00001", content: Buffer.alloc(100_000, 7) },
  { path: "spinenet-49/model.ckpt.meta", content: Buffer.from("graph") },
];

export const checkpointFiles = ["checkpoint", "model.ckpt.data-00000-of-00001", "model.ckpt.index"];

/** A tar of entries, with whatever paths and types they have. */
export function tarOf(entries: readonly ArchiveEntry[]): Buffer {
  const blocks = entries.flatMap(({ path, content = Buffer.alloc(0), type = "File", linkpath = "" }) => {
    const header = new Header({
      path,
      type,
      linkpath,
      size: content.length,
      mode: 0o644,
      mtime: new Date(0),
    });
    header.encode();
    return [header.block!, content, Buffer.alloc(-content.length & 511)];
  });
  return Buffer.concat([...blocks, Buffer.alloc(1024)]);
}

export const archiveOf = (entries: readonly ArchiveEntry[]): Buffer => gzipSync(tarOf(entries));
