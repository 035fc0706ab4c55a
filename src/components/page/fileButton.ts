import { create } from "d3";

interface FileButton {
  readonly element: HTMLElement;
  /** Words the button. */
  text(words: string): void;
  focus(): void;
}

interface FileButtonOptions {
  /** As an input's `accept`: file name extensions and media types. */
  readonly accept: string;
  /** Whether several files may be opened at once. */
  readonly multiple?: boolean;
  readonly opened: (files: readonly File[]) => void;
}

/** A button that opens a file, or several. */
export function fileButton(
  words: string,
  { accept, multiple = false, opened }: FileButtonOptions,
): FileButton {
  const label = create("label").attr("class", "file-button");
  const span = label.append("span").text(words);
  const input = label
    .append("input")
    .attr("type", "file")
    .attr("accept", accept)
    .attr("class", "visually-hidden")
    .node()!;
  input.multiple = multiple;
  input.addEventListener("change", () => {
    const files = [...(input.files ?? [])];
    if (files.length > 0) opened(files);
    // The same file may be opened again.
    input.value = "";
  });
  return { element: label.node()!, text: (next) => void span.text(next), focus: () => input.focus() };
}
