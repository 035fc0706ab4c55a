/** The source file of the page being rendered: "src/scale.md". @param env what Framework passes to Markdown's rules */
export function pageOf(env: unknown): string {
  const path = typeof env === "object" && env !== null && "path" in env ? env.path : undefined;
  return typeof path === "string" ? `src${path}.md` : "A page";
}
