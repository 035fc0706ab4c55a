import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import sharp from "sharp";
import { sceneClasses } from "./sceneClasses.js";
import { type Sprite, spriteOf } from "./sprite.js";

const packageName = "@lobehub/fluent-emoji-3d";

let loading: Promise<readonly Sprite[]> | undefined;

/**
 * The sprites of {@link sceneClasses}, in order, read once from their package.
 *
 * @throws Error if the package or one of its pictures is missing
 */
export function loadSprites(): Promise<readonly Sprite[]> {
  loading ??= Promise.all(sceneClasses.map(({ codePoint }) => loadSprite(codePoint)));
  return loading;
}

async function loadSprite(codePoint: string): Promise<Sprite> {
  const manifest = createRequire(import.meta.url).resolve(`${packageName}/package.json`);
  const file = join(dirname(manifest), "assets", `${codePoint}.webp`);
  try {
    const { data, info } = await sharp(await readFile(file))
      .ensureAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    return spriteOf(data, info.width, info.height);
  } catch (error) {
    throw new Error(`${file}: cannot be read as a picture; reinstall ${packageName} with npm ci.`, {
      cause: error,
    });
  }
}
