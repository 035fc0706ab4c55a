import { create } from "d3";

export interface SampleChoice {
  readonly id: string;
  readonly title: string;
  /** Address of the picture. */
  readonly address: string;
  /** Whether the weights in use know what it shows. */
  readonly fits: boolean;
}

interface SamplePicker {
  readonly element: HTMLElement;
  /**
   * Lists the samples, those that fit first, and marks the chosen one; null marks none. While the keyboard moves
   * among them, they keep their places.
   */
  list(samples: readonly SampleChoice[], chosen: string | null): void;
}

/** Small pictures to choose one from, as radio buttons, so that arrow keys move between them. */
export function samplePicker(picked: (id: string) => void): SamplePicker {
  const fields = create("fieldset").attr("class", "sample-picker");
  fields.append("legend").text("Samples");
  const row = fields.append("div");
  const note = fields
    .append("p")
    .attr("class", "small")
    .text("Dimmed samples show nothing this model was trained to find.");
  return {
    element: fields.node()!,
    list(samples, chosen) {
      const inputs = [...row.node()!.querySelectorAll("input")];
      const places = inputs.some((input) => input === document.activeElement)
        ? inputs.map(({ value }) => value)
        : [];
      const labels = row
        .selectAll<HTMLLabelElement, SampleChoice>("label")
        .data(
          places.length > 0
            ? [...samples].sort((a, b) => places.indexOf(a.id) - places.indexOf(b.id))
            : [...samples].sort((a, b) => Number(b.fits) - Number(a.fits)),
          ({ id }) => id,
        )
        .join((enter) => {
          const label = enter.append("label");
          label.append("input").attr("type", "radio").attr("name", "sample").attr("class", "visually-hidden");
          label.append("img").attr("alt", "").attr("width", 96).attr("height", 72);
          label
            .append("span")
            .attr("class", "sample-title")
            .text(({ title }) => title);
          return label;
        })
        .order()
        .classed("strange", ({ fits }) => !fits);
      labels
        .select("input")
        .attr("value", ({ id }) => id)
        .property("checked", ({ id }) => id === chosen)
        .attr("aria-description", ({ fits }) =>
          fits ? null : "Shows nothing this model was trained to find",
        )
        .on("change", (_, { id }) => picked(id));
      labels.select("img").attr("src", ({ address }) => address);
      note.property(
        "hidden",
        samples.every(({ fits }) => fits),
      );
    },
  };
}
