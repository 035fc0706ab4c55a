import { create } from "d3";
import { imageSize, type SceneBox, sceneCategories, sceneImages } from "./scene.js";
import { type BoxRef, boxOf, isFull, withBox, withDetection, withObject } from "./sceneEdits.js";
import { sceneGestures } from "./sceneGestures.js";
import { sceneImage } from "./sceneImage.js";
import { keyOnBox } from "./sceneKeys.js";
import type { ApShown, ApStore } from "./store.js";

export interface SceneEditor {
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

/** The scene's images side by side, all their boxes to be moved; on a phone one is in front. */
export function sceneEditor(store: ApStore, said: (text: string) => void): SceneEditor {
  const element = create("div").attr("class", "scene-images");
  let front = 0;
  const bringToFront = (image: number) => {
    front = image;
    for (const [index, { frame }] of panels.entries()) frame.classed("front", index === image);
  };
  const panels = sceneImages.map(({ title }, image) => {
    const frame = element
      .append("figure")
      .attr("class", "scene-image")
      .classed("front", image === 0);
    const picture = sceneImage(image, (box) => store.select(box));
    frame.append(() => picture.element);
    const caption = frame.append("figcaption");
    caption.append("b").text(`${title} `);
    const found = caption.append("span");
    frame.on("click", () => bringToFront(image));
    sceneGestures(picture.element, image, {
      scene: () => store.shown.scene,
      category: () => store.shown.view.category,
      selected: () => store.shown.selected,
      select: (box) => {
        store.select(box);
        if (box !== null) picture.focus(box);
      },
      moved: (box, bbox, name) => store.edit(withBox(store.shown.scene, box, bbox), name, box),
      begun: (bbox, name) => {
        const { scene, view } = store.shown;
        if (isFull(scene, "detection", view.category)) return null;
        const box = { kind: "detection", index: scene.detections.length } as const;
        store.edit(withDetection(scene, { image, category: view.category, bbox, score: 0.5 }), name, box);
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
      const { scene, selected, matching, taken, view } = shown;
      if (selected !== null) bringToFront(boxOf(scene, selected).image);
      for (const [image, { picture, found }] of panels.entries()) {
        picture.show(shown);
        const sought = matching.positives.filter((index) => scene.objects[index]!.image === image);
        const foundHere = sought.filter(
          (index) => (matching.takenBy.get(index) ?? Number.POSITIVE_INFINITY) < taken.points.length,
        );
        const name = sceneCategories[view.category]!;
        found.text(
          sought.length === 0
            ? `no ${name} to be found`
            : `${foundHere.length} of ${sought.length} ${name}${sought.length === 1 ? "" : "s"} found`,
        );
      }
    },
    point(detection) {
      for (const { picture } of panels) picture.point(detection);
      if (detection !== null) bringToFront(store.shown.scene.detections[detection]!.image);
    },
    add(kind) {
      const { scene, view } = store.shown;
      if (isFull(scene, kind, view.category)) return said("The scene holds no more of these.");
      const box: SceneBox = {
        image: front,
        category: view.category,
        bbox: [imageSize.width / 2 - 40, imageSize.height / 2 - 30, 80, 60],
      };
      const index = kind === "object" ? scene.objects.length : scene.detections.length;
      const next =
        kind === "object"
          ? withObject(scene, { ...box, mark: "counted" })
          : withDetection(scene, { ...box, score: 0.5 });
      store.edit(next, null, { kind, index });
      panels[front]!.picture.focus({ kind, index });
    },
  };
}
