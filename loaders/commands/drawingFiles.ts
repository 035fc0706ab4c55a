import { basename, extname, join, resolve } from "node:path";

/** What the drawing of an image is called where nothing else has the name. */
export function drawingName(image: string): string {
  return `${basename(image, extname(image))}.png`;
}

/**
 * Where the drawings of images go: each under its image's name, with a number after it where an earlier image, or an image
 * to be read, has that name in the folder. The case of letters does not tell names apart, since on many disks it does not
 * tell files apart.
 *
 * @returns a path for each image, in their order
 */
export function drawingFiles(images: readonly string[], folder: string): string[] {
  const key = (file: string) => resolve(file).normalize("NFC").toLowerCase();
  const taken = new Set(images.map(key));
  // First come those whose own name is free, so that `a-2.jpg` keeps its name beside two images called `a`.
  const plain = images.map((image) => join(folder, drawingName(image)));
  const files = new Map<number, string>();
  plain.forEach((file, index) => {
    if (taken.has(key(file))) return;
    taken.add(key(file));
    files.set(index, file);
  });
  return plain.map((file, index) => {
    const own = files.get(index);
    if (own !== undefined) return own;
    for (let number = 2; ; number++) {
      const numbered = file.replace(/\.png$/, `-${number}.png`);
      if (taken.has(key(numbered))) continue;
      taken.add(key(numbered));
      return numbered;
    }
  });
}
