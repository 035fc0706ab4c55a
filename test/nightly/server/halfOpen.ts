import { connect } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { exchange } from "../../loaders/site/server/exchange.js";
import { attackedSite } from "./attackedSite.js";

/** What clients send before they fall silent, and what the slow ones go on sending every second. */
const beginnings = [
  "",
  "GET / HTT",
  "GET / HTTP/1.1\r\nHost: localhost\r\n",
  "POST / HTTP/1.1\r\nContent-Length: 9\r\nHost: localhost\r\n\r\n",
];
const more = "X: y\r\n";

/** Longer than the server waits for a request: 15 seconds, looked at every 5 seconds. */
const seconds = 25;

/**
 * Opens connections that never send a whole request, half of them dribbling on.
 *
 * @returns a sentence for each connection that is still open after 25 seconds, and one if others are not answered meanwhile
 */
export async function holdConnections(count: number): Promise<string[]> {
  const site = await attackedSite();
  try {
    const port = Number(new URL(site.url).port);
    const faults: string[] = [];
    const held = Array.from({ length: count }, (_, index) => {
      const beginning = beginnings[index % beginnings.length]!;
      const socket = connect(port, "127.0.0.1")
        .on("error", () => undefined)
        .resume();
      socket.write(beginning);
      const dribble = setInterval(() => index % 2 === 0 && socket.write(more), 1000);
      const closed = new Promise<void>((resolve) => socket.on("close", () => resolve()));
      return closed.finally(() => clearInterval(dribble));
    });
    const late = wait(seconds * 1000).then(() => "late");
    const { status } = await exchange(site.url, "GET / HTTP/1.1");
    if (status !== 200) faults.push(`Beside ${count} open connections, / is answered ${status}.`);
    for (const closed of held) {
      if ((await Promise.race([closed, late])) === "late")
        faults.push(`A connection is open after ${seconds} seconds.`);
    }
    const end = site.ended();
    return end === undefined ? faults : [...faults, end];
  } finally {
    await site.remove();
  }
}
