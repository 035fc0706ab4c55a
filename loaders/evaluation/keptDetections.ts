import { mkdir, open, readFile, rm, truncate } from "node:fs/promises";
import { join } from "node:path";
import * as v from "valibot";
import type { CocoDetection } from "../../src/coco/types.js";
import { engineHome } from "../engine/engineHome.js";
import { errorCode } from "../files/errorCode.js";
import { sha256 } from "../records/provenance.js";

const number = v.pipe(v.number(), v.finite());
/** A line of the file: an image's id, then category, box and score of each detection. */
const lineSchema = v.tuple([
  number,
  v.array(v.tuple([number, v.tuple([number, number, number, number]), number])),
]);

/** What an evaluation has found so far, in a file of the user's cache, so that it can be resumed if it is interrupted. */
export class KeptDetections {
  private constructor(
    private readonly file: string,
    private readonly found: Map<number, readonly CocoDetection[]>,
  ) {}

  /**
   * @param identity of the evaluation: everything that its detections depend on
   * @param folder by default in the user's cache
   */
  static async open(identity: object, folder = join(engineHome(), "evaluation")): Promise<KeptDetections> {
    await mkdir(folder, { recursive: true });
    const file = join(folder, `${sha256(Buffer.from(JSON.stringify(identity)))}.jsonl`);
    const { found, bytes } = await readLines(file);
    if (found.size > 0) await truncate(file, bytes);
    return new KeptDetections(file, found);
  }

  get size(): number {
    return this.found.size;
  }

  /** An image's detections, if it was evaluated. */
  of(image: number): readonly CocoDetection[] | undefined {
    return this.found.get(image);
  }

  /** Keeps the detections of some images, each once. */
  async add(batch: ReadonlyMap<number, readonly CocoDetection[]>): Promise<void> {
    const lines = [...batch].map(([image, detections]) => {
      this.found.set(image, detections);
      return `${JSON.stringify([image, detections.map((row) => [row.category_id, row.bbox, row.score])])}\n`;
    });
    const handle = await open(this.file, "a");
    try {
      await handle.appendFile(lines.join(""));
    } finally {
      await handle.close();
    }
  }

  /** Deletes the file, once its evaluation is recorded. */
  async discard(): Promise<void> {
    await rm(this.file, { force: true });
  }
}

/** The lines up to the first that is not whole, which a killed process can leave, and how many bytes those are. */
async function readLines(
  file: string,
): Promise<{ found: Map<number, readonly CocoDetection[]>; bytes: number }> {
  const found = new Map<number, readonly CocoDetection[]>();
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    if (errorCode(error) === "ENOENT") return "";
    throw error;
  });
  let bytes = 0;
  for (const line of text.split("\n").slice(0, -1)) {
    const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), lineSchema), line);
    if (!parsed.success) break;
    const [image, rows] = parsed.output;
    found.set(
      image,
      rows.map(([category_id, bbox, score]) => ({ image_id: image, category_id, bbox, score })),
    );
    bytes += Buffer.byteLength(line) + 1;
  }
  return { found, bytes };
}
