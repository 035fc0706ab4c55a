const loopback = /^(?:(?:[\w-]+\.)*localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?$/i;

/**
 * Whether a request's Host names this computer, by a loopback name or address and any port, since ports can be forwarded.
 * A page elsewhere whose name resolves to 127.0.0.1 has its own name in this header, and so cannot read the site as its
 * own (DNS rebinding).
 */
export function isOwnHost(host: string | undefined): boolean {
  return host !== undefined && loopback.test(host);
}
