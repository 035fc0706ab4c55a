import { connect } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { randomStream } from "../../../src/network/random.js";
import { exchange } from "../../loaders/site/server/exchange.js";
import { type AttackedSite, attackedSite } from "./attackedSite.js";
import { attackedFiles, type HostileRequest, hostileRequest, secret } from "./hostileRequest.js";

/** A request whose answer was wrong. */
interface Breach {
  readonly request: HostileRequest;
  readonly fault: string;
}

interface AttackOutcome {
  readonly breaches: readonly Breach[];
  /** How many answers there were of each status. */
  readonly statuses: ReadonlyMap<number, number>;
  /** What is wrong with the server afterwards; empty if it runs and answers rightly. */
  readonly after: readonly string[];
}

/** How many clients attack at the same time. */
const clients = 32;

/**
 * Sends hostile requests to the real server, in a process of its own, while its files are removed, cut and rebuilt.
 *
 * @param runs how many requests
 */
export async function attack({ seed, runs }: { seed: number; runs: number }): Promise<AttackOutcome> {
  const site = await attackedSite();
  try {
    const breaches: Breach[] = [];
    const statuses = new Map<number, number>();
    const over = new AbortController();
    const disturbed = site.disturb(randomStream(seed, "files"), over.signal);
    let next = 0;
    const client = async (): Promise<void> => {
      while (next < runs && site.ended() === undefined) {
        const random = randomStream(seed, "request", next++);
        const request = hostileRequest(random);
        const received = await sendTo(site.url, request, random);
        const status = /^HTTP\/1\.1 (\d{3}) /.exec(received)?.[1];
        if (status !== undefined) statuses.set(Number(status), (statuses.get(Number(status)) ?? 0) + 1);
        const fault = faultOf(request, received);
        if (fault !== undefined) breaches.push({ request, fault });
      }
    };
    await Promise.all(Array.from({ length: clients }, client));
    over.abort();
    await disturbed;
    return { breaches, statuses, after: await faultsAfter(site) };
  } finally {
    await site.remove();
  }
}

/** Sends a request in its manner and gathers what comes back until either side closes, or shortly after the answer begins. */
async function sendTo(url: string, { bytes, manner }: HostileRequest, random: () => number): Promise<string> {
  const socket = connect(Number(new URL(url).port), "127.0.0.1");
  socket.setEncoding("latin1");
  let received = "";
  const closed = new Promise<void>((resolve) => socket.on("close", () => resolve()));
  socket.on("error", () => undefined);
  const begun = new Promise<void>((resolve) => socket.once("data", () => resolve()));
  socket.on("data", (text: string) => {
    received += text;
    if (manner === "leaving") socket.destroy();
  });
  if (manner === "slowly") {
    for (let at = 0; at < Math.min(bytes.length, 200); at += 40) {
      socket.write(bytes.slice(at, at + 40), "latin1");
      await wait(5);
    }
    socket.write(bytes.slice(200), "latin1");
  } else if (manner === "half") socket.write(bytes.slice(0, Math.floor(random() * bytes.length)), "latin1");
  else socket.write(bytes, "latin1");
  if (manner === "closing") socket.end();
  const settled = begun.then(() => wait(15));
  await Promise.race([closed, settled, wait(manner === "half" ? 30 : 1000)]);
  socket.destroy();
  return received;
}

const expectedStatuses = new Set([200, 206, 304, 400, 404, 405, 408, 412, 413, 416, 417, 421, 431]);

/** Answers of Node's own parser, which have no headers of ours. */
const parserStatuses = new Set([400, 408, 413, 417, 431]);

function faultOf({ bytes }: HostileRequest, received: string): string | undefined {
  if (received.includes(secret)) return "The answer holds a file from outside the site.";
  if (received === "") return undefined;
  const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(received)?.[1]);
  // Asked to go on, the client sends its body: not an answer yet.
  if (status === 100) return undefined;
  if (!expectedStatuses.has(status)) return `The answer begins ${JSON.stringify(received.slice(0, 60))}.`;
  if (status < 300 && !/^(?:GET|HEAD) /.test(bytes))
    return `A request that is neither GET nor HEAD is answered ${status}.`;
  const head = received.split("\r\n\r\n")[0]!;
  if (!parserStatuses.has(status) && !/^X-Content-Type-Options: nosniff$/im.test(head)) {
    return `An answer ${status} lacks nosniff.`;
  }
  return undefined;
}

/** What is wrong with a server that has been attacked. */
async function faultsAfter(site: AttackedSite): Promise<string[]> {
  const end = site.ended();
  if (end !== undefined) return [end];
  const faults: string[] = [];
  for (const [path, name] of Object.entries(attackedFiles)) {
    const { status, body } = await exchange(site.url, `GET ${path} HTTP/1.1`);
    if (status !== 200 || body !== site.files[name])
      faults.push(`${path} is answered ${status}, or with another content.`);
  }
  const { status } = await exchange(site.url, "GET /a/b/c HTTP/1.1");
  if (status !== 404) faults.push(`/a/b/c is answered ${status}.`);
  if (/ERR_|TypeError|RangeError/.test(site.said()))
    faults.push(`The server said: ${site.said().slice(0, 500)}`);
  return faults;
}
