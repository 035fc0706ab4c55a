/**
 * The bytes of a file in pieces, none of which is kept. Uses a reader's loop, since not every browser can iterate over
 * a stream.
 *
 * @param name what errors call the file
 * @throws Error, a sentence, where the file was changed, moved or deleted since it was opened
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
      `${name}: can no longer be read; it was changed, moved or deleted since it was opened. Open it again.`,
      { cause: error },
    );
  }
}
