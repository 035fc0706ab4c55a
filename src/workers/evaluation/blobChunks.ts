/**
 * The bytes of a file in pieces, none of which is kept. By a reader's loop: not every browser can iterate over a
 * stream.
 *
 * @param name what errors call the file
 * @throws Error, a sentence, where the file changed or went away since it was opened
 */
export async function* blobChunks(file: Blob, name: string): AsyncGenerator<Uint8Array, void, undefined> {
  const reader = file.stream().getReader();
  try {
    while (true) {
      const { done, value } = await nextOf(reader, name);
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel();
  }
}

async function nextOf(reader: ReadableStreamDefaultReader<Uint8Array>, name: string) {
  try {
    return await reader.read();
  } catch (error) {
    throw new Error(
      `${name}: cannot be read any more; it was changed, moved or deleted since it was opened. Open it again.`,
      { cause: error },
    );
  }
}
