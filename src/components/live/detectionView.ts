import { create } from "d3";
import type { FoundObject } from "../../messages/detection.js";
import { shownText } from "../../text/shownText.js";
import { boxAt, classLook, sentenceOf } from "./detectedObjects.js";

interface DetectionView {
  readonly element: HTMLElement;
  /** Shows a picture without boxes; the image may be closed afterwards. */
  picture(image: ImageBitmap, alternative: string): void;
  /** Draws boxes over it, best first, in pixels of a picture of the given size; a better one covers a worse. */
  boxes(objects: readonly FoundObject[], size: readonly [width: number, height: number]): void;
  /** Highlights one box, or none. */
  point(index: number | null): void;
}

interface DetectionViewOptions {
  /** All classes of the weights: a class's place decides how its boxes look. */
  readonly classes: () => readonly string[];
  /** Receives the box that the pointer is on. */
  readonly pointed?: (index: number | null) => void;
}

/** Pixels that a picture is drawn with at most, along its longer side. */
const sharpest = 1600;
/** With more boxes than this, names would hide the picture: only boxes as wide as their label keep theirs. */
const mostNames = 12;
/** Letters of a class's name in a label. */
const mostOfName = 40;
/** Of a label's letter on a narrow screen, as a share of the picture's width. */
const letterWidth = 0.02;

/** A picture with boxes over it, each with class and score. The table beside it has the same content. */
export function detectionView({ classes, pointed }: DetectionViewOptions): DetectionView {
  const frame = create("div").attr("class", "detection-view");
  const canvas = create("canvas").attr("width", 4).attr("height", 3).attr("aria-hidden", "true").node()!;
  const layer = create("div").attr("class", "detection-boxes").attr("aria-hidden", "true");
  const words = create("p").attr("class", "visually-hidden");
  frame.append(() => canvas);
  frame.append(() => layer.node());
  frame.append(() => words.node());
  let alternative = "";
  let drawn: readonly FoundObject[] = [];
  let drawnSize: readonly [width: number, height: number] = [1, 1];
  // Not a listener on each box: a large box would keep the pointer from smaller, worse ones beneath it.
  frame.on("pointermove", (event: PointerEvent) => {
    const { left, top, width, height } = canvas.getBoundingClientRect();
    const across = ((event.clientX - left) / width) * drawnSize[0];
    const down = ((event.clientY - top) / height) * drawnSize[1];
    pointed?.(boxAt(drawn, across, down));
  });
  frame.on("pointerleave", () => pointed?.(null));

  return {
    element: frame.node()!,
    picture(image, text) {
      const scale = Math.min(1, sharpest / Math.max(image.width, image.height));
      canvas.width = Math.max(1, Math.round(image.width * scale));
      canvas.height = Math.max(1, Math.round(image.height * scale));
      canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
      frame.classed("upright", image.height > image.width);
      frame.style("--shape", `${canvas.width} / ${canvas.height}`);
      alternative = shownText(text);
      words.text(alternative);
      layer.selectChildren().remove();
      drawn = [];
    },
    boxes(objects, [width, height]) {
      drawn = objects;
      drawnSize = [width, height];
      const places = new Map(classes().map((name, index) => [name, index]));
      const few = objects.length <= mostNames;
      const around = objects.length === 0 ? "no object" : sentenceOf(objects);
      words.text(`${alternative}, with boxes around ${around}.`);
      layer
        .selectChildren<HTMLElement, FoundObject>("div")
        .data([...objects].reverse())
        .join((enter) => enter.append("div").call((box) => box.append("span").attr("class", "box-label")))
        .each(function ({ bbox: [x, y, boxWidth, boxHeight], name, score }) {
          const { colour, line } = classLook(places.get(name) ?? 0);
          const percent = (part: number, whole: number) => `${((100 * part) / whole).toFixed(3)}%`;
          Object.assign(this.style, {
            left: percent(x, width),
            top: percent(y, height),
            width: percent(boxWidth, width),
            height: percent(boxHeight, height),
            borderStyle: line,
          });
          this.style.setProperty("--class-colour", colour);
          // Above the box, or within where there is no room above.
          this.classList.toggle("label-within", y < 0.06 * height);
          this.classList.toggle("label-left", x + boxWidth > 0.85 * width && x > 0.3 * width);
          Object.assign(this.dataset, { name: shownText(name), score: score.toFixed(4) });
          const short = score.toFixed(2);
          const long = `${shownText(name, mostOfName)} ${short}`;
          const wide = boxWidth >= letterWidth * long.length * width;
          this.querySelector("span")!.textContent = few || wide ? long : short;
        });
    },
    point(index) {
      layer.selectChildren("div").classed("pointed", (_, i) => drawn.length - 1 - i === index);
      layer.classed("pointing", index !== null);
    },
  };
}
