import { readFileSync } from "node:fs";
import { createServer, type Server, type ServerOptions } from "node:http";
import { join } from "node:path";
import { messageOf } from "../../src/messages/messageOf.js";
import { errorCode } from "../files/errorCode.js";
import { log } from "../log.js";
import { answerRequest, refuse } from "./server/answerRequest.js";

const host = "127.0.0.1";

/** Milliseconds until a client that sends its request too slowly loses its connection. */
const patience: ServerOptions = {
  headersTimeout: 10_000,
  requestTimeout: 15_000,
  connectionsCheckingInterval: 5_000,
};

/** Milliseconds until a connection that neither sends nor reads anything is closed. */
const idleTimeout = 60_000;

export interface ServedSite {
  /** Without a trailing slash: "http://127.0.0.1:3000". */
  readonly url: string;
  /** Stops the server and closes all connections. */
  close(): Promise<void>;
}

function explain(error: NodeJS.ErrnoException, port: number): Error {
  if (error.code === "EADDRINUSE") {
    return new Error(
      `Port ${port} is in use. Choose another: PORT=${port < 65535 ? port + 1 : 3000} npm start`,
    );
  }
  if (error.code === "EACCES") {
    return new Error(`Port ${port} is not allowed for this user. Choose one above 1023: PORT=3000 npm start`);
  }
  return error;
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error) => reject(explain(error, port)));
    server.listen(port, host, resolve);
  });
}

/**
 * The port that `PORT` sets; 3000 by default.
 *
 * @throws Error if it is not a port
 */
export function portFrom(value: string | undefined): number {
  if (value === undefined || value === "") return 3000;
  const port = Number(value);
  if (!/^\d+$/.test(value) || port < 1 || port > 65535) {
    throw new Error(`PORT is "${value}"; it must be a whole number from 1 to 65535, as in PORT=3000.`);
  }
  return port;
}

/**
 * Checks that `port` is available, before anything slow happens.
 *
 * @throws Error if it is in use, with a remedy
 */
export async function assertPortFree(port: number): Promise<void> {
  const probe = createServer();
  await listen(probe, port);
  await new Promise((resolve) => probe.close(resolve));
}

/**
 * Serves a built site to this computer only. The site can be rebuilt meanwhile: files are looked up at each request.
 *
 * @param directory a built site, with a `404.html`
 * @param port 0 takes any free port
 */
export async function serveSite(directory: string, port: number): Promise<ServedSite> {
  const site = { folder: directory, notFound: readFileSync(join(directory, "404.html"), "utf8") };
  const server = createServer(patience, (request, response) => {
    answerRequest(site, request, response).catch((error: unknown) => {
      if (errorCode(error) !== "ERR_STREAM_PREMATURE_CLOSE") log.error(`${request.url}: ${messageOf(error)}`);
      if (response.headersSent) response.destroy();
      else refuse(response, 500, "The file could not be read.");
    });
  });
  server.setTimeout(idleTimeout);
  await listen(server, port);
  server.on("error", (error) => log.error(messageOf(error)));
  const address = server.address();
  const taken = typeof address === "object" && address !== null ? address.port : port;
  return {
    url: `http://${host}:${taken}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
