/** How a request is sent, and what happens to its connection. */
type Manner =
  | "whole"
  /** A few bytes at a time. */
  | "slowly"
  /** Only its first part, then the connection stays open for a while. */
  | "half"
  /** The client leaves as soon as it has received something. */
  | "leaving"
  /** The client closes its side at once, having sent everything. */
  | "closing";

export interface HostileRequest {
  /** As latin1. */
  readonly bytes: string;
  readonly manner: Manner;
}

/** Files that the site under attack has, by path. */
export const attackedFiles = {
  "/": "index.html",
  "/why": "why.html",
  "/_import/client.5b9bbdbb.js": "_import/client.5b9bbdbb.js",
  "/large.bin": "large.bin",
  "/empty.txt": "empty.txt",
} as const;

/** The content of a file that no answer may hold; links lead to it from inside the site. */
export const secret = "nobody may read this";

const words = (text: string): string[] => text.trim().split(/\s+/);

/** Ways to the secret, if the server took them. */
const waysOut =
  words(String.raw`/link.txt /up/secret.txt /../secret.txt /_import/../../secret.txt /%2e%2e/secret.txt
  /..%2fsecret.txt /%2e%2e%2fsecret.txt /..%5csecret.txt /..\secret.txt //../secret.txt /up/up/../secret.txt`);

const pieces = [
  ...words(String.raw`/ .. . %2e%2e %2f %5c \ %00 % %zz %c0%ae // ; ? # & @ * ~ con why why.html large.bin _import link.txt
    up secret.txt loop .git é %F0%9F%98%80 index.html 404 http://localhost http://example.com javascript:`),
  " ",
  "a".repeat(300),
];

const methods = [...words("GET HEAD POST PUT DELETE OPTIONS TRACE CONNECT PROPFIND get"), "G\0ET", ""];
const versions = [...words("HTTP/1.1 HTTP/1.1 HTTP/1.0 HTTP/0.9 HTTP/2.0 HTTP/9.9 http/1.1"), ""];
const hosts = [
  ...words("localhost 127.0.0.1:3000 [::1] example.com localhost.example.com \x01"),
  "",
  "a".repeat(2000),
];
const ranges = words("0-0 -5 5- 0-9 10-5 99999999- -0 0-1,3-4");
const rangeParts = [...words("0 1 5 10 - -- , 999999999999999999999999 0-0 10-5 -5 5- a"), " ", ""];

/** Header lines, one a line here; "⏎" separates two that are sent together. */
const fields = `
Connection: keep-alive
Connection: close
Connection: upgrade⏎Upgrade: websocket
Expect: 100-continue
Expect: something
Content-Length: 5
Content-Length: 5⏎Content-Length: 6
Content-Length: -1
Content-Length: 99999999999
Transfer-Encoding: chunked
Transfer-Encoding: chunked⏎Content-Length: 3
If-None-Match: *
If-None-Match: W/"0-0"
If-Match: "x"
If-Range: "x"
If-Modified-Since: yesterday
If-Unmodified-Since: Thu, 01 Jan 1970 00:00:00 GMT
Accept-Encoding: gzip, br
Cookie: ${"c".repeat(20_000)}
Origin: http://example.com
X: \0
X : y
: nameless
no colon
 folded`
  .slice(1)
  .split("\n")
  .map((field) => field.replace("⏎", "\r\n"));

const garbage = [
  ...["\0\0\0\0", "\x16\x03\x01\x02", "GET\r\n\r\n", "\r\n\r\n", "HTTP/1.1 200 OK\r\n\r\n"],
  "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
];
const manners: readonly Manner[] = [
  "whole",
  "whole",
  "whole",
  "whole",
  "slowly",
  "half",
  "leaving",
  "closing",
];

/**
 * One random request: mostly close to a right one, so that it gets far into the server.
 *
 * @param random numbers in [0, 1)
 */
export function hostileRequest(random: () => number): HostileRequest {
  const oneOf = <T>(choices: readonly T[]): T => choices[Math.floor(random() * choices.length)]!;
  const several = <T>(choices: readonly T[], most: number): T[] =>
    Array.from({ length: Math.floor(random() * (most + 1)) }, () => oneOf(choices));
  const manner = oneOf(manners);
  if (random() < 0.05) return { bytes: oneOf(garbage), manner };
  const path = oneOf([
    ...[oneOf(Object.keys(attackedFiles)), oneOf(Object.keys(attackedFiles)), oneOf(waysOut)],
    `/${several(pieces, 6).join("")}`,
  ]);
  const method = random() < 0.8 ? oneOf(["GET", "GET", "HEAD"]) : oneOf(methods);
  const lines = [
    `${method} ${path} ${random() < 0.9 ? "HTTP/1.1" : oneOf(versions)}`,
    `Host: ${random() < 0.85 ? "localhost" : oneOf(hosts)}`,
    ...(random() < 0.4
      ? [`Range: bytes=${random() < 0.7 ? oneOf(ranges) : several(rangeParts, 4).join("")}`]
      : []),
    ...(random() < 0.4 ? several(fields, 3) : []),
  ];
  const request = `${lines.join("\r\n")}\r\n\r\n${random() < 0.1 ? "5\r\nhello\r\n0\r\n\r\n" : ""}`;
  return { bytes: random() < 0.1 ? request.repeat(3) : request, manner };
}
