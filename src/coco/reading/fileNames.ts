/**
 * Why a detection cannot be of the image whose id it gives, as a clause that starts with the field: detectors that
 * number images by themselves also write each one's file name.
 *
 * @param named the file the detection names, if any
 * @param fileName the file the annotations name
 */
export function reasonAgainstFile(
  named: string | undefined,
  imageId: number,
  fileName: string,
): string | undefined {
  return named !== undefined && baseName(named) !== baseName(fileName)
    ? `file_name: is "${named}", but the annotations' image ${imageId} is "${fileName}"; ` +
        "give each row the id that the annotations give its file, or measure with evaluate, which does"
    : undefined;
}

/** Folders differ between where images were annotated and where they were found; names do not. */
function baseName(file: string): string {
  return file.slice(Math.max(file.lastIndexOf("/"), file.lastIndexOf("\\")) + 1);
}
