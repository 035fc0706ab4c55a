import type { Description } from "../../architecture/costs/description.js";
import type { Model } from "../../architecture/model/model.js";
import { blockDiagram } from "../diagram/blockDiagram.js";

/** Of a saved drawing, in its own pixels, and how many of a picture's go into one. */
const drawing = { width: 960, margin: 16, density: 2 } as const;

/** The drawing of a network as an SVG file of its own, on a white ground, legible without this site's style sheet. */
export function svgFile(description: Description): string {
  const svg = blockDiagram(description, { width: drawing.width });
  const [width, height] = ["width", "height"].map((name) => Number(svg.getAttribute(name)));
  const margin = drawing.margin;
  const whole = [width! + 2 * margin, height! + 2 * margin] as const;
  svg.setAttribute("width", String(whole[0]));
  svg.setAttribute("height", String(whole[1]));
  svg.setAttribute("viewBox", `${-margin} ${-margin} ${whole[0]} ${whole[1]}`);
  const ground = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  for (const [name, value] of Object.entries({ x: -margin, y: -margin, width: whole[0], height: whole[1] })) {
    ground.setAttribute(name, String(value));
  }
  ground.setAttribute("fill", "#ffffff");
  svg.querySelector("style")!.after(ground);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(svg)}\n`;
}

/** A model JSON as `describe` and a study's "model" take it. */
export function jsonFile(model: Model): string {
  return `${JSON.stringify(model, null, 2)}\n`;
}

/** The drawing as a picture of twice its size. */
export async function pngFile(description: Description): Promise<Blob> {
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

/** Hands a file to the reader. */
export function save(content: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
