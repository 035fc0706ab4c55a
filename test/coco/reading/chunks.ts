/** A file's bytes as a stream gives them, in pieces that end where it is told to cut; each is gone once the next is asked for. */
export async function* chunksOf(
  text: string | Uint8Array,
  cuts: readonly number[] = [],
): AsyncGenerator<Uint8Array> {
  const bytes = typeof text === "string" ? new TextEncoder().encode(text) : text;
  const borders = [0, ...[...cuts].filter((cut) => cut < bytes.length).sort((a, b) => a - b), bytes.length];
  for (let piece = 1; piece < borders.length; piece++) {
    const chunk = bytes.slice(borders[piece - 1], borders[piece]);
    yield chunk;
    chunk.fill(0);
  }
}
