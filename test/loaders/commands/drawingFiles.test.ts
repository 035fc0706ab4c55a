import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { drawingFiles } from "../../../loaders/commands/drawingFiles.js";

describe("drawingFiles", () => {
  it("calls drawings by their images' names", () => {
    expect(drawingFiles(["a/cat.jpg", "b/dog.webp"], "out")).toEqual(["out/cat.png", "out/dog.png"]);
  });

  it("numbers images that share a name, in their order", () => {
    expect(drawingFiles(["a/cat.jpg", "b/cat.jpg", "cat.png", "b/Cat.jpg"], "out")).toEqual([
      "out/cat.png",
      "out/cat-2.png",
      "out/cat-3.png",
      "out/Cat-4.png",
    ]);
  });

  it("leaves a name to the image that has it", () => {
    expect(drawingFiles(["a/cat.jpg", "b/cat.jpg", "b/cat-2.jpg"], "out")).toEqual([
      "out/cat.png",
      "out/cat-3.png",
      "out/cat-2.png",
    ]);
  });

  it("never draws over an image that is to be read", () => {
    const image = join("photos", "cat.png");
    expect(drawingFiles([image], "photos")).toEqual([join("photos", "cat-2.png")]);
  });
});
