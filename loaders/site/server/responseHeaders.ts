/**
 * Sent with every response. WebAssembly threads need shared memory, which browsers only give to cross-origin isolated
 * pages: hence the first two. The others keep a browser from guessing types, from telling other sites where a reader
 * came from, and from giving the pages any sensor but the camera.
 */
export const fixedHeaders = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
  "Cross-Origin-Resource-Policy": "same-origin",
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
  "Permissions-Policy": "camera=(self), microphone=(), geolocation=(), display-capture=()",
} as const;

/** Framework ends a name with eight digits of its content's hash: "client.5b9bbdbb.js", or "b7b02978.js". */
const hashedName = /(?:^|[./\\])[0-9a-f]{8}\.[a-z0-9]+$/;

/** How long a file may be kept: for good if its name has a hash of its content; otherwise it is asked for again. */
export function cacheControl(path: string): string {
  return hashedName.test(path) ? "public, max-age=31536000, immutable" : "no-cache";
}
