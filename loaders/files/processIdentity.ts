import { createHash } from "node:crypto";
import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";
import { errorCode } from "./errorCode.js";

/** A process, told apart from others that have had the same number. */
export interface ProcessIdentity {
  readonly pid: number;
  /** The computer, and within it the container: process numbers mean nothing elsewhere. */
  readonly machine: string;
  /** When it started, as the system counts; "0" where that is unknown (outside Linux). */
  readonly start: string;
}

export function thisProcess(): ProcessIdentity {
  return { pid: process.pid, machine: thisMachine(), start: startOf(process.pid) };
}

/** Whether a process is running; "unknown" for another machine's, or if its number may have been reused. */
export function lifeOf({ pid, machine, start }: ProcessIdentity): "running" | "ended" | "unknown" {
  if (machine !== thisMachine()) return "unknown";
  if (!exists(pid)) return "ended";
  if (start === "0") return pid === process.pid ? "running" : "unknown";
  return startOf(pid) === start ? "running" : "ended";
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Another user's process cannot be signalled, but it exists.
    return errorCode(error) === "EPERM";
  }
}

let machine: string | undefined;

function thisMachine(): string {
  machine ??= createHash("sha256").update(`${hostname()} ${processNamespace()}`).digest("hex").slice(0, 8);
  return machine;
}

function processNamespace(): string {
  try {
    return readlinkSync("/proc/self/ns/pid");
  } catch {
    return "";
  }
}

function startOf(pid: number): string {
  try {
    const status = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The name in parentheses may contain spaces; the start is the 20th field after it (proc(5): field 22).
    return status.slice(status.lastIndexOf(")") + 2).split(" ")[19] ?? "0";
  } catch {
    return "0";
  }
}
