import { createHash } from "node:crypto";
import { mkdir, mkdtemp, rm, symlink, truncate, utimes, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { assertPortFree, portFrom, type ServedSite, serveSite } from "../../../loaders/site/serveSite.js";
import { exchange, readAnswer, send } from "./server/exchange.js";

const script = "\nimport './client.5b9bbdbb.js';\n";
const page = `<!doctype html><script type="module">${script}</script><p>results`;
const notFound = '<!doctype html><base href="/"><script>void 0</script><p>no such page';
const digits = "0123456789";

let outside: string;
let folder: string;
let site: ServedSite;
const get = (path: string, ...headers: string[]) => exchange(site.url, `GET ${path} HTTP/1.1`, ...headers);

beforeAll(async () => {
  outside = await mkdtemp(join(tmpdir(), "spinenet-serve-"));
  folder = join(outside, "dist");
  await mkdir(join(folder, "_import"), { recursive: true });
  await mkdir(join(folder, ".observablehq"));
  const files: Record<string, string> = {
    "index.html": "first",
    "results.html": page,
    "404.html": notFound,
    "digits.txt": digits,
    "empty.txt": "",
    "weights.safetensors": "weights",
    "_import/client.5b9bbdbb.js": "export {};",
    "_import/engine.wasm": "wasm",
    ".observablehq/secret.txt": "secret",
    "../secret.txt": "secret",
    "../secret.html": "secret",
  };
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
  await symlink("../secret.txt", join(folder, "link.txt"));
  await symlink("../secret.html", join(folder, "linked.html"));
  await symlink("..", join(folder, "up"));
  await symlink("digits.txt", join(folder, "same.txt"));
  await symlink("loop.txt", join(folder, "loop.txt"));
  site = await serveSite(folder, 0);
});

afterAll(async () => {
  await site.close();
  await rm(outside, { recursive: true });
});

test("a page is served by its name without an ending, isolated from other origins", async () => {
  const answer = await fetch(`${site.url}/results?state=1`);
  expect(await answer.text()).toBe(page);
  expect(answer.headers.get("content-type")).toBe("text/html; charset=utf-8");
  expect(answer.headers.get("cross-origin-opener-policy")).toBe("same-origin");
  expect(answer.headers.get("cross-origin-embedder-policy")).toBe("require-corp");
});

test("a path without a file is answered 404 with the site's own page, at any depth, also without a body", async () => {
  for (const path of ["/nothing.js", "/a/b/c", "/results/", "/_import", "/_import/", "/results.html/x"]) {
    expect(await get(path), path).toMatchObject({ status: 404, body: notFound });
  }
  const head = await exchange(site.url, "HEAD /a/b/c HTTP/1.1");
  expect(head).toMatchObject({ status: 404, body: "" });
  expect(head.headers.get("content-length")).toBe(String(notFound.length));
});

describe("a range of bytes, as RFC 9110, section 14, has it", () => {
  test.each([
    ["bytes=0-0", 206, "0", "bytes 0-0/10"],
    ["bytes=-5", 206, "56789", "bytes 5-9/10"],
    ["bytes=-10", 206, digits, "bytes 0-9/10"],
    ["bytes=-11", 206, digits, "bytes 0-9/10"],
    ["bytes=-99999999999999999999999", 206, digits, "bytes 0-9/10"],
    ["bytes=3-", 206, "3456789", "bytes 3-9/10"],
    ["bytes=8-100", 206, "89", "bytes 8-9/10"],
    ["bytes=10-5", 416, undefined, "bytes */10"],
    ["bytes=10-", 416, undefined, "bytes */10"],
    ["bytes=-0", 416, undefined, "bytes */10"],
    ["bytes=1e3-", 200, digits, undefined],
    ["bytes=5", 200, digits, undefined],
    ["bytes=-", 200, digits, undefined],
    ["bytes=--5", 200, digits, undefined],
    ["bytes=a-b", 200, digits, undefined],
    ["bytes=0-1,4-5", 200, digits, undefined],
    ["lines=0-0", 200, digits, undefined],
  ])("%s is answered %i", async (range, status, body, contentRange) => {
    const answer = await get("/digits.txt", `Range: ${range}`);
    expect(answer.status).toBe(status);
    if (body !== undefined) expect(answer.body).toBe(body);
    expect(answer.headers.get("content-range")).toBe(contentRange);
    expect(Number(answer.headers.get("content-length"))).toBe(answer.body.length);
  });

  test("of an empty file cannot be satisfied; the file itself can be sent", async () => {
    expect(await get("/empty.txt", "Range: bytes=0-0")).toMatchObject({ status: 416 });
    expect(await get("/empty.txt", "Range: bytes=-1")).toMatchObject({ status: 416 });
    expect(await get("/empty.txt")).toMatchObject({ status: 200, body: "" });
  });

  test("is not sent if it depends on a validator, since a weak one cannot vouch for bytes", async () => {
    const etag = (await get("/digits.txt")).headers.get("etag");
    expect(await get("/digits.txt", "Range: bytes=0-0", `If-Range: ${etag}`)).toMatchObject({
      status: 200,
      body: digits,
    });
  });
});

test("files are served without the rest of the disk: no link out of the site, no dotfile, no way up", async () => {
  for (const path of [
    ...["/link.txt", "/linked", "/linked.html", "/up/secret.txt", "/loop.txt"],
    ...["/.observablehq/secret.txt", "/../secret.txt", "/x/../../secret.txt", "/%2e%2e/secret.txt"],
    ...["/..%2fsecret.txt", "/%2e%2e%2fsecret", "/..%5csecret.txt", "/_import/..%2f..%2fsecret.txt"],
  ]) {
    expect(await get(path), path).toMatchObject({ status: 404, body: notFound });
  }
  expect(await get("/same.txt")).toMatchObject({ status: 200, body: digits });
});

test("a malformed path is refused, and a very long one too", async () => {
  for (const path of ["/%", "/%zz", "/%c0%ae", "/results%00.html", "*", "results"]) {
    expect(await get(path), path).toMatchObject({ status: 400 });
  }
  expect(await get(`/${"a".repeat(5000)}`)).toMatchObject({ status: 404 });
  expect(await get(`/${"a".repeat(100_000)}`)).toMatchObject({ status: 431 });
});

test("only GET and HEAD are answered", async () => {
  for (const method of ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "PROPFIND"]) {
    const answer = await exchange(site.url, `${method} /results HTTP/1.1`, "Content-Length: 0");
    expect(answer.status, method).toBe(405);
    expect(answer.headers.get("allow")).toBe("GET, HEAD");
  }
  expect(await exchange(site.url, "HEAD /results HTTP/1.1")).toMatchObject({ status: 200, body: "" });
});

test("only hosts that are this computer are answered, whatever the port", async () => {
  for (const host of [
    "localhost",
    "LOCALHOST:1",
    "site.localhost:80",
    "127.0.0.1:3000",
    "127.8.9.1",
    "[::1]:80",
  ]) {
    expect((await get("/results", `Host: ${host}`)).status, host).toBe(200);
  }
  for (const host of [
    ...["example.com", "localhost.example.com", "127.0.0.1.example.com", "127.0.0.1.nip.io:3000", "10.0.0.1"],
    ...["notlocalhost", "localhost@example.com", "[::2]", "", "localhost:80:80", "localhost/../x"],
  ]) {
    const { status, body } = await get("/results", `Host: ${host}`);
    expect(status, host).toBe(421);
    expect(body).toContain("localhost");
  }
  expect((await get("http://example.com/results", "Host: localhost")).status).toBe(421);
  expect((await get("http://localhost/results?x", "Host: example.com")).status).toBe(200);
});

test("every answer forbids guessing its type and loading or sending anything elsewhere", async () => {
  const answers = await Promise.all([
    ...["/", "/results", "/digits.txt", "/nothing", "/%"].map((path) => get(path)),
    get("/digits.txt", "Range: bytes=99-"),
    get("/", "Host: example.com"),
    exchange(site.url, "POST / HTTP/1.1", "Content-Length: 0"),
  ]);
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 404, 400, 416, 421, 405]);
  for (const { headers } of answers) {
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("content-type")).toBeDefined();
    const policy = headers.get("content-security-policy");
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("connect-src 'self';");
    expect(policy).not.toMatch(/script-src[^;]*'unsafe-(inline|eval)'/);
  }
});

test("a page's policy allows its own inline scripts by their hashes, also after it was rebuilt", async () => {
  const hash = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
  const policyOf = async (path: string) => (await get(path)).headers.get("content-security-policy");
  expect(await policyOf("/results")).toContain(hash(script));
  expect(await policyOf("/nothing")).toContain(hash("void 0"));
  expect(await policyOf("/digits.txt")).not.toContain("sha256");
  await writeFile(join(folder, "rebuilt.html"), "<script>first()</script>");
  expect(await policyOf("/rebuilt")).toContain(hash("first()"));
  await writeFile(join(folder, "rebuilt.html"), "<script>second()</script>");
  expect(await policyOf("/rebuilt")).toContain(hash("second()"));
});

test("files whose names have a hash are kept for good; others are asked for again, and not sent twice", async () => {
  const cached = async (path: string) => (await get(path)).headers.get("cache-control");
  expect(await cached("/_import/client.5b9bbdbb.js")).toBe("public, max-age=31536000, immutable");
  expect(await cached("/_import/engine.wasm")).toBe("no-cache");
  expect(await cached("/results")).toBe("no-cache");
  const etag = (await get("/results")).headers.get("etag");
  expect(await get("/results", `If-None-Match: ${etag}`)).toMatchObject({ status: 304, body: "" });
  await writeFile(join(folder, "changing.txt"), "one");
  const before = (await get("/changing.txt")).headers.get("etag");
  await writeFile(join(folder, "changing.txt"), "two");
  await utimes(join(folder, "changing.txt"), new Date(), new Date(Date.now() + 5000));
  expect(await get("/changing.txt", `If-None-Match: ${before}`)).toMatchObject({ status: 200, body: "two" });
});

test("types are those of the files' endings, and bytes where there is none", async () => {
  const type = async (path: string) => (await get(path)).headers.get("content-type");
  expect(await type("/_import/client.5b9bbdbb.js")).toMatch(/^(text|application)\/javascript/);
  expect(await type("/_import/engine.wasm")).toBe("application/wasm");
  expect(await type("/weights.safetensors")).toBe("application/octet-stream");
});

test("files that are removed, or a site that is rebuilt beside it, leave the server running", async () => {
  const other = join(outside, "rebuilt");
  const build = async (content: string) => {
    await mkdir(other);
    await writeFile(join(other, "404.html"), "none");
    await writeFile(join(other, "why.html"), content);
  };
  await build("one");
  const rebuilt = await serveSite(other, 0);
  const why = () => exchange(rebuilt.url, "GET /why HTTP/1.1");
  try {
    expect(await why()).toMatchObject({ status: 200, body: "one" });
    await rm(join(other, "why.html"));
    expect(await why()).toMatchObject({ status: 404, body: "none" });
    await rm(other, { recursive: true });
    expect(await why()).toMatchObject({ status: 404, body: "none" });
    await build("two, which is longer");
    expect(await why()).toMatchObject({ status: 200, body: "two, which is longer" });
  } finally {
    await rebuilt.close();
  }
});

test("a file that is cut short while it is sent ends the connection, not another response on it", async () => {
  const file = join(folder, "large.bin");
  const size = 64 * 2 ** 20;
  await writeFile(file, Buffer.alloc(size));
  const socket = connect(Number(new URL(site.url).port), "127.0.0.1");
  const ended = new Promise((resolve) => socket.on("close", resolve));
  socket.on("error", () => undefined);
  let received = 0;
  socket.write(
    "GET /large.bin HTTP/1.1\r\nHost: localhost\r\n\r\nGET /digits.txt HTTP/1.1\r\nHost: localhost\r\n\r\n",
  );
  // Nothing is read yet: the server waits with most of the file unread.
  await wait(200);
  await truncate(file, 1000);
  let last = "";
  socket.on("data", (chunk) => {
    received += chunk.length;
    last = chunk.toString("latin1").slice(-digits.length);
  });
  await ended;
  expect(received).toBeLessThan(size);
  expect(last).not.toBe(digits);
  expect(await get("/digits.txt")).toMatchObject({ body: digits });
});

test("what is no request is answered 400, and the next one is answered as ever", async () => {
  for (const bytes of [
    "\0\0\0\0",
    "GET\r\n\r\n",
    "GET / HTTP/9.9\r\n\r\n",
    "GET / HTTP/1.1\r\n\r\n",
    "\x16\x03\x01",
  ]) {
    expect(readAnswer(await send(site.url, bytes)).status, JSON.stringify(bytes)).toBe(400);
  }
  expect((await get("/results")).status).toBe(200);
});

test("a taken port is refused by name, with the way out", async () => {
  const taken = Number(new URL(site.url).port);
  await expect(assertPortFree(taken)).rejects.toThrow(`Port ${taken} is in use`);
  await expect(serveSite(folder, taken)).rejects.toThrow(/PORT=\d+ npm start/);
});

test("PORT is 3000 unless it names another", () => {
  expect(portFrom(undefined)).toBe(3000);
  expect(portFrom("")).toBe(3000);
  expect(portFrom("8080")).toBe(8080);
});

test.each(["0", "65536", "80a", "-1", "3e3", " 80"])("PORT=%j is refused", (value) => {
  expect(() => portFrom(value)).toThrow(`PORT is "${value}"`);
});
