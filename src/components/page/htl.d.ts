/** htl 0.3 ships no types. Only what this project uses of it: each template has one element at its root. */
declare module "htl" {
  interface Template<Node> {
    <Root extends Node = Node>(strings: TemplateStringsArray, ...values: readonly unknown[]): Root;
    /** For any number of elements. */
    fragment(strings: TemplateStringsArray, ...values: readonly unknown[]): DocumentFragment;
  }
  export const html: Template<HTMLElement>;
  export const svg: Template<SVGElement>;
}
