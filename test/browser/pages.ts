import { readdirSync } from "node:fs";

/** The addresses of all pages of the site, from the names of their sources: "/", "/404", … */
export function sitePages(): string[] {
  return readdirSync("src")
    .filter((name) => name.endsWith(".md"))
    .map((name) => name.replace(/\.md$/, ""))
    .map((name) => (name === "index" ? "/" : `/${name}`))
    .sort();
}
