import { create } from "d3";
import { shownText } from "../../text/shownText.js";
import { classSwatch } from "./detectionTable.js";

interface ClassFilter {
  readonly element: HTMLElement;
  /** Lists classes with their numbers of objects; keeps what is ticked, and the keyboard's place. */
  list(counts: ReadonlyMap<string, number>, classes: readonly string[]): void;
  /** Names of classes that the reader does not want to see. */
  readonly hidden: ReadonlySet<string>;
}

/** Ticks for the classes to show. */
export function classFilter(changed: () => void): ClassFilter {
  const hidden = new Set<string>();
  const fields = create("fieldset").attr("class", "class-filter");
  fields.append("legend").text("Classes");
  const none = fields.append("p").attr("class", "small").text("None yet.");
  return {
    element: fields.node()!,
    hidden,
    list(counts, classes) {
      none.property("hidden", counts.size > 0);
      const labels = fields
        .selectAll<HTMLLabelElement, readonly [string, number]>("label")
        .data([...counts], ([name]) => name)
        .join((enter) => {
          const label = enter.append("label");
          label
            .append("input")
            .attr("type", "checkbox")
            .property("checked", ([name]) => !hidden.has(name));
          label.append(([name]) => classSwatch(classes.indexOf(name)));
          label
            .append("span")
            .attr("class", "class-name")
            .text(([name]) => shownText(name));
          label.append("span").attr("class", "class-count");
          return label;
        })
        .order();
      labels.select(".class-count").text(([, count]) => String(count));
      labels.select<HTMLInputElement>("input").on("change", function (_, [name]) {
        if (this.checked) hidden.delete(name);
        else hidden.add(name);
        changed();
      });
    },
  };
}
