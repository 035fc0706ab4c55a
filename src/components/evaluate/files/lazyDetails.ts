import { create } from "d3";

interface LazyDetails {
  readonly element: HTMLElement;
  /** Its content is out of date: rebuilds it, now if it is open, else when it is opened. */
  renew(): void;
}

/** Details whose content is built only when they are opened: a table of 1,200 rows, say. */
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
