import { samples } from "./samples.js";
import { shippedWeights } from "./shippedWeights.js";

const escapeHtml = (text: string) =>
  text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/"/g, "&quot;");

/**
 * Links to the weights and samples of /live for the page's head. Framework attaches the files that a page's
 * source names; which weights there are, only the folder says. A link of this kind makes Framework attach its
 * file, under a name with a hash, and no browser fetch it; the page finds the address by the link's title.
 */
export function liveAttachments(): string[] {
  const files = [
    ...shippedWeights().map(({ id }) => ({ title: `weights/${id}`, path: `${id}.safetensors` })),
    ...samples.map(({ id }) => ({ title: `sample/${id}`, path: `${id}.png` })),
  ];
  return files.map(
    ({ title, path }) =>
      `<link rel="alternate" type="application/octet-stream" title="${escapeHtml(title)}" href="/data/live/${encodeURIComponent(path)}">`,
  );
}
