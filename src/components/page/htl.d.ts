/** htl 0.3 ships no types. Only what this project uses of it: each template has one element at its root. */
declare module "htl" {
  export function html<Root extends Element = HTMLElement>(
    strings: TemplateStringsArray,
    ...values: readonly unknown[]
  ): Root;
  export function svg<Root extends Element = SVGElement>(
    strings: TemplateStringsArray,
    ...values: readonly unknown[]
  ): Root;
}
