/** htl 0.3 ships no types. Only what this project uses of it: each template with one element at its root. */
declare module "htl" {
  export function html(strings: TemplateStringsArray, ...values: readonly unknown[]): HTMLElement;
  export function svg(strings: TemplateStringsArray, ...values: readonly unknown[]): SVGElement;
}
