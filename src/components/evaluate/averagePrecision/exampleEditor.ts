import { create } from "d3";
import { type BoxRef, boxOf, isFull, withBox, withDetection, withObject } from "./boxEdits.js";
import { boxGestures } from "./boxGestures.js";
import { keyOnBox } from "./boxKeys.js";
import { type ExampleBox, exampleCategories, exampleImages, imageSize } from "./example.js";
import { exampleImage } from "./exampleImage.js";
import type { ApShown, ApStore } from "./store.js";

export interface ExampleEditor {
  readonly element: HTMLElement;
  /** Fetches the photograph that the images are cut from. */
  photograph(address: string): void;
  show(shown: ApShown): void;
  point(detection: number | null): void;
  /** Adds a box to the image that is in front, and brings the keyboard to it. */
  add(kind: BoxRef["kind"]): void;
  /** Where the box that had the focus is gone, brings the keyboard to another. */
  keepFocus(): void;
}

/** The example's images side by side, all their boxes to be moved; on a phone one is in front. */
export function exampleEditor(store: ApStore, said: (text: string) => void): ExampleEditor {
  const element = create("div").attr("class", "example-images");
  let front = 0;
  const bringToFront = (image: number) => {
    front = image;
    for (const [index, { frame }] of panels.entries()) frame.classed("front", index === image);
  };
  const panels = exampleImages.map(({ title }, image) => {
    const frame = element
      .append("figure")
      .attr("class", "example-image")
      .classed("front", image === 0);
    const picture = exampleImage(image, (box) => store.select(box));
    frame.append(() => picture.element);
    const caption = frame.append("figcaption");
    caption.append("b").text(`${title} `);
    const found = caption.append("span");
    frame.on("click", () => bringToFront(image));
    boxGestures(picture.element, image, {
      example: () => store.shown.example,
      category: () => store.shown.view.category,
      selected: () => store.shown.selected,
      select: (box) => {
        store.select(box);
        if (box !== null) picture.focus(box);
      },
      moved: (box, bbox, name) => store.edit(withBox(store.shown.example, box, bbox), name, box),
      begun: (bbox, name) => {
        const { example, view } = store.shown;
        if (isFull(example, "detection", view.category)) return null;
        const box = { kind: "detection", index: example.detections.length } as const;
        store.edit(withDetection(example, { image, category: view.category, bbox, score: 0.5 }), name, box);
        return box;
      },
      ended: () => {
        const { selected } = store.shown;
        if (selected !== null) picture.focus(selected);
      },
      pointed: (detection) => store.point(detection),
    });
    picture.element.addEventListener("keydown", (event) => {
      const { selected } = store.shown;
      if (selected === null || event.altKey || event.ctrlKey || event.metaKey) return;
      if (!keyOnBox(store, selected, event)) return;
      event.preventDefault();
      if (store.shown.selected !== null) return;
      said("Removed.");
      keepFocus();
    });
    return { frame, picture, found };
  });

  const keepFocus = () => {
    if (document.activeElement !== null && document.activeElement !== document.body) return;
    const inFront = element.node()!.querySelector<SVGGElement>(".front [data-box]");
    (inFront ?? element.node()!.querySelector<SVGGElement>("[data-box]"))?.focus({ preventScroll: true });
  };

  return {
    element: element.node()!,
    keepFocus,
    photograph(address) {
      element.selectAll("image.photograph").attr("href", address);
    },
    show(shown) {
      const { example, selected, matching, taken, view } = shown;
      if (selected !== null) bringToFront(boxOf(example, selected).image);
      for (const [image, { picture, found }] of panels.entries()) {
        picture.show(shown);
        const sought = matching.positives.filter((index) => example.objects[index]!.image === image);
        const foundHere = sought.filter(
          (index) => (matching.takenBy.get(index) ?? Number.POSITIVE_INFINITY) < taken.points.length,
        );
        const name = exampleCategories[view.category]!;
        found.text(
          sought.length === 0
            ? `no ${name} to be found`
            : `${foundHere.length} of ${sought.length} ${name}${sought.length === 1 ? "" : "s"} found`,
        );
      }
    },
    point(detection) {
      for (const { picture } of panels) picture.point(detection);
      if (detection !== null) bringToFront(store.shown.example.detections[detection]!.image);
    },
    add(kind) {
      const { example, view } = store.shown;
      if (isFull(example, kind, view.category)) return said("The example holds no more of these.");
      const box: ExampleBox = {
        image: front,
        category: view.category,
        bbox: [imageSize.width / 2 - 40, imageSize.height / 2 - 30, 80, 60],
      };
      const index = kind === "object" ? example.objects.length : example.detections.length;
      const next =
        kind === "object"
          ? withObject(example, { ...box, mark: "counted" })
          : withDetection(example, { ...box, score: 0.5 });
      store.edit(next, null, { kind, index });
      panels[front]!.picture.focus({ kind, index });
    },
  };
}
