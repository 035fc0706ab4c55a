import { shownText } from "../../text/shownText.js";

/**
 * Why a detection cannot belong to the image whose id it gives, as a clause that starts with the field: detectors that
 * assign their own image ids also write each image's file name.
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
    ? `file_name: is "${shownText(named)}", but the annotations' image ${imageId} is "${shownText(fileName)}"; ` +
        "give each row the id that its file has in the annotations, or use the evaluate command, which does"
    : undefined;
}

/** Folders differ between where images were annotated and where they were detected; names do not. */
function baseName(file: string): string {
  return file.slice(Math.max(file.lastIndexOf("/"), file.lastIndexOf("\\")) + 1);
}
