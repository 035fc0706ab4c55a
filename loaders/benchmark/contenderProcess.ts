import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import * as v from "valibot";

export const peerNames = ["pytorch", "onnxruntime-node", "onnxruntime-web"] as const;
export const engineContenders = ["native", "gpu", "webgpu", "wasm"] as const;
/** wasm with tfjs's own kernels; see stockKernels.ts. */
export const stockContenders = ["stock", "patched"] as const;

export type ContenderName =
  | (typeof peerNames)[number]
  | (typeof engineContenders)[number]
  | (typeof stockContenders)[number];

const readySchema = v.object({ versions: v.record(v.string(), v.string()) });

const turnAnswerSchema = v.object({
  /** Of one of the turn's runs. */
  seconds: v.number(),
  /** Of one of the turn's runs, all threads of the process together. */
  cpuSeconds: v.number(),
  /** The most memory the process has held so far. */
  peakBytes: v.number(),
});

type TurnAnswer = v.InferOutput<typeof turnAnswerSchema>;

export interface ContenderOptions {
  /** A Python that has PyTorch. */
  readonly python: string;
}

const beside = (name: string) => fileURLToPath(new URL(name, import.meta.url));

function commandOf(name: ContenderName, folder: string, { python }: ContenderOptions): string[] {
  if (name === "pytorch") return [python, beside("pytorchContender.py"), folder];
  const script = name.startsWith("onnxruntime") ? "onnxContender.ts" : "contender.ts";
  return [process.execPath, "--import", "tsx", beside(script), name, folder];
}

/**
 * A contender in a process of its own, so that no library's threads or memory are counted as another's. Each line of
 * JSON it is sent, `{"outputs": FILE, "repeats": N}` with either left out at will, asks for one turn, and it answers
 * with one line; its first line says what it is.
 */
export class ContenderProcess {
  private constructor(
    readonly name: ContenderName,
    private readonly child: ChildProcessWithoutNullStreams,
    private readonly lines: AsyncIterator<string>,
    private readonly errors: string[],
    readonly versions: Readonly<Record<string, string>>,
  ) {}

  /** @throws Error quoting the process if it does not start. */
  static async start(
    name: ContenderName,
    folder: string,
    options: ContenderOptions,
    threads: number,
  ): Promise<ContenderProcess> {
    const [command, ...rest] = commandOf(name, folder, options);
    const child = spawn(command!, rest, {
      env: {
        ...process.env,
        OMP_NUM_THREADS: String(threads),
        TF_NUM_INTRAOP_THREADS: String(threads),
        TF_NUM_INTEROP_THREADS: String(threads),
      },
    });
    const errors: string[] = [];
    child.stderr.setEncoding("utf8").on("data", (text: string) => errors.push(text));
    child.on("error", (error) => errors.push(error.message));
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const first = await nextLine(name, lines, errors);
    return new ContenderProcess(name, child, lines, errors, v.parse(readySchema, JSON.parse(first)).versions);
  }

  /**
   * @param repeats Runs of the turn, one after another.
   * @param outputs A file that gets what the last run computed, float32.
   */
  async turn(repeats = 1, outputs?: string): Promise<TurnAnswer> {
    this.child.stdin.write(`${JSON.stringify({ outputs, repeats })}\n`);
    return v.parse(turnAnswerSchema, JSON.parse(await nextLine(this.name, this.lines, this.errors)));
  }

  stop(): void {
    this.child.stdin.end();
    this.child.kill();
  }
}

async function nextLine(
  name: ContenderName,
  lines: AsyncIterator<string>,
  errors: readonly string[],
): Promise<string> {
  const { value, done } = await lines.next();
  if (!done) return value;
  const words = errors.join("").trim().split("\n").slice(-6).join("\n");
  throw new Error(`${name} stopped before it answered. Its own words:\n${words}`);
}
