import { connect } from "node:net";
import { text } from "node:stream/consumers";

export interface Answer {
  readonly status: number;
  /** By lower-case name. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

/**
 * Sends a request as it is written, which `fetch` would clean up first, and reads the answer until the server closes the
 * connection.
 *
 * @param site the server's address
 * @param lines the request line and headers; "Connection: close" is added, and "Host: localhost" unless a line has one
 */
export async function exchange(site: string, ...lines: readonly string[]): Promise<Answer> {
  const host = lines.some((line) => /^host:/i.test(line)) ? [] : ["Host: localhost"];
  return readAnswer(await send(site, [...lines, ...host, "Connection: close", "", ""].join("\r\n")));
}

/** Everything that the server sends in reply to some bytes, until it closes the connection. */
export async function send(site: string, bytes: string): Promise<string> {
  const socket = connect(Number(new URL(site).port), "127.0.0.1");
  socket.setEncoding("latin1");
  socket.write(bytes, "latin1");
  return text(socket);
}

/** @throws Error if it is not an answer, or its body is shorter than it says */
export function readAnswer(received: string): Answer {
  const [head = "", ...rest] = received.split("\r\n\r\n");
  const [statusLine = "", ...fields] = head.split("\r\n");
  const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(statusLine)?.[1]);
  if (Number.isNaN(status)) throw new Error(`That is no answer: ${JSON.stringify(received.slice(0, 200))}`);
  const headers = new Map(
    fields.map((field) => {
      const [name = "", ...value] = field.split(": ");
      return [name.toLowerCase(), value.join(": ")] as const;
    }),
  );
  return { status, headers, body: rest.join("\r\n\r\n") };
}
