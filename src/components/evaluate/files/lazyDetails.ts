import { create } from "d3";

export interface LazyDetails {
  readonly element: HTMLElement;
  /** Its content is out of date: makes it anew, if it is seen, else when it will be. */
  renew(): void;
}

/** Something to unfold whose content is made only when it is seen: a table of 1,200 rows, say. */
export function lazyDetails(summary: string, content: () => HTMLElement): LazyDetails {
  const details = create("details");
  details.append("summary").text(summary);
  const box = details.append("div");
  const element = details.node()!;
  let made = false;
  const make = () => {
    if (made || !element.hasAttribute("open")) return;
    made = true;
    box.selectChildren().remove();
    box.append(content);
  };
  details.on("toggle", make);
  return {
    element,
    renew() {
      made = false;
      make();
    },
  };
}
