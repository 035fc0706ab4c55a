import { createHash } from "node:crypto";

/**
 * What a file of the site may load and do: only what this server sends, and nothing it could send elsewhere. tfjs
 * compiles WebAssembly, and starts its threads from `blob:` addresses; figures set styles, and show images made in the
 * page.
 */
const directives: Readonly<Record<string, string>> = {
  "default-src": "'none'",
  "script-src": "'self' 'wasm-unsafe-eval' blob:",
  "worker-src": "'self' blob:",
  "style-src": "'self' 'unsafe-inline'",
  "img-src": "'self' data: blob:",
  "font-src": "'self'",
  "connect-src": "'self'",
  "base-uri": "'self'",
  "form-action": "'none'",
  "frame-ancestors": "'none'",
};

const inlineScript = /<script(?![^>]*\ssrc=)[^>]*>(.*?)<\/script>/gs;

/**
 * The Content-Security-Policy of a page, which allows the inline scripts that it has now, by their hashes, and no others;
 * or that of another file, which has none. Workers follow the policy of their own file.
 *
 * @param page the page's HTML
 */
export function contentSecurityPolicy(page = ""): string {
  const hashes = [...page.matchAll(inlineScript)].map(
    ([, script]) => ` 'sha256-${createHash("sha256").update(script!).digest("base64")}'`,
  );
  return Object.entries(directives)
    .map(([name, value]) => `${name} ${value}${name === "script-src" ? hashes.join("") : ""}`)
    .join("; ");
}
