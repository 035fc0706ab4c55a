import { create } from "d3";
import { type BoxRef, boxOf, isFull, withDetection, withObject } from "./boxEdits.js";
import { boxGestures } from "./boxGestures.js";
import { keyOnBox } from "./boxKeys.js";
import { type ExampleBox, exampleCategories, exampleImages, imageSize } from "./example.js";
import { exampleImage } from "./exampleImage.js";
import type { ApShown, ApStore } from "./store.js";

interface ExampleEditor {
  readonly element: HTMLElement;
  /** Fetches the photograph that the images are cut from. */
  photograph(address: string): void;
  /** Adds a box to the image that is in front, and focuses it. */
  add(kind: BoxRef["kind"]): void;
  /** Where the focused box is gone, focuses another. */
  keepFocus(): void;
}

/** The example's images side by side, all their boxes to be moved; on a phone one is in front. */
export function exampleEditor(store: ApStore, said: (text: string) => void): ExampleEditor {
  const root = create("div").attr("class", "example-images");
  const element = root.node()!;
  const panels = exampleImages.map((_, image) => examplePanel(store, image));
  let front = 0;
  const bringToFront = (image: number) => {
    front = image;
    for (const [index, { figure }] of panels.entries()) figure.classList.toggle("front", index === image);
  };
  for (const [image, { figure }] of panels.entries()) {
    element.append(figure);
    figure.addEventListener("click", () => bringToFront(image));
  }
  bringToFront(front);
  store.follow(({ example, selected }) => {
    if (selected !== null) bringToFront(boxOf(example, selected).image);
  });
  store.followPointed((detection) => {
    if (detection !== null) bringToFront(store.shown.example.detections[detection]!.image);
  });

  function keepFocus(): void {
    if (document.activeElement !== null && document.activeElement !== document.body) return;
    const inFront = element.querySelector<SVGGElement>(".front [data-box]");
    (inFront ?? element.querySelector<SVGGElement>("[data-box]"))?.focus({ preventScroll: true });
  }

  function add(kind: BoxRef["kind"]): void {
    const { example, view } = store.shown;
    if (isFull(example, kind, view.category)) {
      said("The example can hold no more of these.");
      return;
    }
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
    panels[front]!.focus({ kind, index });
  }

  element.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { selected } = store.shown;
    if (event.key === "n") add("detection");
    else if (event.key === "o") add("object");
    else if (selected === null || !keyOnBox(store, selected, event)) return;
    else if (store.shown.selected === null) {
      said("Removed.");
      keepFocus();
    }
    event.preventDefault();
  });
  return {
    element,
    keepFocus,
    add,
    photograph: (address) => void root.selectAll("image.photograph").attr("href", address),
  };
}

/** One of the images, with what is found in it as its caption. */
function examplePanel(store: ApStore, image: number) {
  const figure = create("figure").attr("class", "example-image");
  const picture = exampleImage(image, store);
  figure.append(() => picture.element);
  boxGestures(picture.element, image, store, picture.focus);
  const caption = figure.append("figcaption");
  caption.append("b").text(`${exampleImages[image]!.title} `);
  const found = caption.append("span");
  store.follow((shown) => found.text(foundText(shown, image)));
  return { figure: figure.node()!, focus: picture.focus };
}

/** "2 of 3 boats found" */
function foundText({ example, matching, taken, view }: ApShown, image: number): string {
  const sought = matching.positives.filter((index) => example.objects[index]!.image === image);
  const found = sought.filter(
    (index) => (matching.takenBy.get(index) ?? Number.POSITIVE_INFINITY) < taken.points.length,
  );
  const name = exampleCategories[view.category]!;
  if (sought.length === 0) return `no ${name} to be found`;
  return `${found.length} of ${sought.length} ${name}${sought.length === 1 ? "" : "s"} found`;
}
