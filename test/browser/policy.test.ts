import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, inject, test } from "vitest";
import { laptopWindow, launchChromium } from "./chromium.js";
import { visit } from "./visit.js";

let browser: Browser;
let other: Server;
/** "127.0.0.1:1234": a server that pages must not reach. */
let otherHost: string;
/** Everything that it was asked. */
let asked: string[];

beforeAll(async () => {
  browser = await launchChromium();
  other = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    response
      .setHeader("Access-Control-Allow-Origin", "*")
      .setHeader("Cross-Origin-Resource-Policy", "cross-origin");
    response.end("stolen");
  });
  await new Promise<void>((done) => other.listen(0, "127.0.0.1", done));
  otherHost = `127.0.0.1:${(other.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await browser.close();
  other.closeAllConnections();
  other.close();
});
beforeEach(() => {
  asked = [];
});

test("the page for an address that does not exist is whole below any path, with its fonts and its skip link", async () => {
  const address = `${inject("siteUrl")}/a/b/c?d`;
  const { page, faults, close } = await visit(browser, address, laptopWindow);
  expect(faults).toEqual([`got 404 for ${address}`]);
  expect(await page.evaluate("getComputedStyle(document.body).fontFamily")).toContain("Source Serif 4");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  expect(page.url()).toBe(`${address}#text`);
  await close();
});

test("an address that looks like another host neither leads nor sends anything there", async () => {
  const address = `${inject("siteUrl")}//${otherHost}/`;
  const { page, close } = await visit(browser, address, laptopWindow);
  expect(page.url()).toBe(address);
  expect(asked).toEqual([]);
  await close();
});

test("a page runs no script that is not the site's, and neither it nor a worker can send anything elsewhere", async () => {
  const { page, faults, close } = await visit(browser, `${inject("siteUrl")}/live`, laptopWindow);
  expect(faults).toEqual([]);
  const attempts = await page.evaluate<Record<string, string>>(`(async () => {
    const there = "http://${otherHost}";
    const outcome = (promise) => promise.then(() => "done", () => "refused");
    const loaded = (element, add) => new Promise((done, fail) => {
      element.onload = done;
      element.onerror = fail;
      add(element);
    });
    const added = (element) => document.body.append(element);
    const inline = document.createElement("script");
    inline.textContent = "window.injected = true";
    added(inline);
    const code = "fetch('" + there + "/worker').then(() => postMessage('done'), () => postMessage('refused'))";
    const worker = new Worker(URL.createObjectURL(new Blob([code], { type: "text/javascript" })));
    const answer = new Promise((done) => { worker.onmessage = ({ data }) => done(data); });
    const socket = new WebSocket("ws://${otherHost}/socket");
    const connected = new Promise((done, fail) => { socket.onopen = done; socket.onerror = fail; });
    return {
      inline: window.injected === true ? "done" : "refused",
      // Later, since the browser allows it to code that is evaluated from outside the page.
      eval: await outcome(new Promise((done, fail) => setTimeout(() => {
        try { done(new Function("return 1")()); } catch (error) { fail(error); }
      }))),
      fetch: await outcome(fetch(there + "/fetch")),
      worker: await answer,
      socket: await outcome(connected),
      image: await outcome(loaded(new Image(), (image) => { image.src = there + "/image"; })),
      script: await outcome(loaded(document.createElement("script"), (script) => {
        script.src = there + "/script";
        added(script);
      })),
      style: await outcome(loaded(document.createElement("link"), (link) => {
        link.rel = "stylesheet";
        link.href = there + "/style";
        added(link);
      })),
      beacon: (navigator.sendBeacon(there + "/beacon", "x"), "refused"),
    };
  })()`);
  expect(Object.entries(attempts).filter(([, outcome]) => outcome !== "refused")).toEqual([]);
  expect(Object.keys(attempts)).toHaveLength(9);
  // A form has no event that says it was refused.
  await page.evaluate(`(() => {
    const form = document.createElement("form");
    form.action = "http://${otherHost}/form";
    document.body.append(form);
    form.submit();
  })()`);
  await page.waitForTimeout(200);
  expect(asked).toEqual([]);
  // The page writes its state into the address's query.
  expect(page.url().split("?")[0]).toBe(`${inject("siteUrl")}/live`);
  await close();
});
