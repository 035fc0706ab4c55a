import { messageOf } from "../../src/messages/messageOf.js";
import { errorCode } from "../files/errorCode.js";

const mostRedirects = 5;

/** A failure that another attempt may not meet, as a sentence. */
export class PassingFailure extends Error {}

/** A failure that would only repeat, as a sentence. */
export class LastingFailure extends Error {}

/**
 * Requests an address and follows a few redirects.
 *
 * @param isAllowed whether an address may be requested
 * @returns a response with status 200, 206 or 416, whose body has not been read
 * @throws PassingFailure if the network or the server failed
 * @throws LastingFailure if the server refuses, or its name is unknown
 */
export async function request(
  address: string,
  headers: Readonly<Record<string, string>>,
  isAllowed: (url: URL) => boolean,
  signal: AbortSignal,
): Promise<Response> {
  let url = new URL(address);
  for (let redirects = 0; redirects <= mostRedirects; redirects++) {
    if (!isAllowed(url)) {
      throw new LastingFailure(`The server redirects to ${url.href}, and only https addresses are followed.`);
    }
    // Archives are stored compressed; a second compression on the way would make ranges and lengths ambiguous.
    const options = { headers: { ...headers, "Accept-Encoding": "identity" }, signal };
    const response = await connect(url, options);
    const target = response.headers.get("location");
    if (response.status < 300 || response.status >= 400) return accepted(response, url);
    await response.body?.cancel();
    if (target === null || !URL.canParse(target, url)) {
      throw new LastingFailure(`${url.host} redirects (${response.status}) without a valid address.`);
    }
    url = new URL(target, url);
  }
  throw new LastingFailure(`The server redirects more than ${mostRedirects} times.`);
}

async function connect(url: URL, options: { headers: Record<string, string>; signal: AbortSignal }) {
  try {
    return await fetch(url, { ...options, redirect: "manual", credentials: "omit" });
  } catch (error) {
    if (options.signal.aborted) throw options.signal.reason;
    throw networkFailure(url.host, error);
  }
}

/** A failure below HTTP, as a sentence. */
export function networkFailure(host: string, error: unknown): PassingFailure | LastingFailure {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  // A resolver that is only overloaded says EAI_AGAIN.
  const failure = errorCode(cause) === "ENOTFOUND" ? LastingFailure : PassingFailure;
  return new failure(networkReason(host, cause), { cause: error });
}

function networkReason(host: string, cause: unknown): string {
  const code = errorCode(cause);
  switch (code) {
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return `The name ${host} could not be resolved (${code}); check that this computer has a network and DNS.`;
    case "ECONNREFUSED":
      return `${host} refuses connections (${code}); a proxy or firewall may be in between.`;
    default:
      return `The connection to ${host} failed (${messageOf(cause)}).`;
  }
}

async function accepted(response: Response, { host }: URL): Promise<Response> {
  const { status } = response;
  if (status === 200 || status === 206 || status === 416) return response;
  await response.body?.cancel();
  const answer = `${host} answered ${status}`;
  if (status === 401 || status === 403) {
    throw new LastingFailure(`${answer}: it refuses access to this file without a permitted account.`);
  }
  if (status === 404 || status === 410) throw new LastingFailure(`${answer}: the file is no longer there.`);
  if (status >= 500 || status === 429 || status === 408) {
    throw new PassingFailure(`${answer}: the server is failing or overloaded; try again later.`);
  }
  throw new LastingFailure(`${answer}, which is no download.`);
}
