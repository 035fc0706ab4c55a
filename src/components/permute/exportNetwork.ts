import { svg as svgElement } from "htl";
import type { Description } from "../../architecture/costs/description.js";
import type { Model } from "../../architecture/model/model.js";
import { blockDiagram } from "../diagram/blockDiagram.js";
import { saveFile } from "../page/saveFile.js";
import type { PermutedNetwork } from "./session/network.js";

export type ExportKind = "svg" | "png" | "json";

/** A saved drawing's width and margin in its own pixels, and the PNG's pixels for each of them. */
const drawing = { width: 960, margin: 16, density: 2 } as const;

/**
 * Saves a network, as a drawing or as model JSON.
 *
 * @returns the file's name
 * @throws Error if the browser cannot make the PNG
 */
export async function exportNetwork(
  { model, description }: PermutedNetwork,
  kind: ExportKind,
): Promise<string> {
  const name = fileName(model, kind);
  saveFile(await contentOf[kind](model, description), name);
  return name;
}

const contentOf: Readonly<
  Record<ExportKind, (model: Model, description: Description) => Blob | Promise<Blob>>
> = {
  svg: (_, description) => new Blob([svgFile(description)], { type: "image/svg+xml" }),
  png: (_, description) => pngFile(description),
  json: (model) => new Blob([jsonFile(model)], { type: "application/json" }),
};

/** The drawing of a network as a self-contained SVG file on a white background. */
export function svgFile(description: Description): string {
  const svg = blockDiagram(description, { width: drawing.width });
  const [width, height] = ["width", "height"].map((name) => Number(svg.getAttribute(name)));
  const margin = drawing.margin;
  const whole = [width! + 2 * margin, height! + 2 * margin] as const;
  svg.setAttribute("width", String(whole[0]));
  svg.setAttribute("height", String(whole[1]));
  svg.setAttribute("viewBox", `${-margin} ${-margin} ${whole[0]} ${whole[1]}`);
  svg
    .querySelector("style")!
    .after(
      svgElement`<rect x=${-margin} y=${-margin} width=${whole[0]} height=${whole[1]} fill="#ffffff"></rect>`,
    );
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(svg)}\n`;
}

/** A model JSON as `describe` and a study's "model" take it. */
export function jsonFile(model: Model): string {
  return `${JSON.stringify(model, null, 2)}\n`;
}

/** The drawing as a PNG of twice its size. */
async function pngFile(description: Description): Promise<Blob> {
  const address = URL.createObjectURL(new Blob([svgFile(description)], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = image.width * drawing.density;
    canvas.height = image.height * drawing.density;
    const context = canvas.getContext("2d");
    if (!context) throw new Error("This browser has no canvas to draw the picture on.");
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve, reject) => {
      canvas.toBlob((blob) =>
        blob ? resolve(blob) : reject(new Error("This browser could not make the PNG.")),
      );
    });
  } finally {
    URL.revokeObjectURL(address);
  }
}

/** A file's name for a network: "spinenet-49-edited.json". */
export function fileName({ name }: Model, ending: string): string {
  const plain = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
  return `${plain === "" ? "network" : plain}.${ending}`;
}
