import { create } from "d3";

export interface ImageInput {
  /** A button that opens a file, for keyboards and phones. */
  readonly element: HTMLElement;
  /** Stops listening to the page. */
  stop(): void;
}

export interface ImageInputOptions {
  /** Where a picture may be dropped. */
  readonly target: HTMLElement;
  readonly given: (file: Blob, name: string) => void;
}

/** The ways to give a picture of one's own: open a file, drop one on the target, paste one anywhere. */
export function imageInput({ target, given }: ImageInputOptions): ImageInput {
  const label = create("label").attr("class", "file-button");
  label.append("span").text("Open a photo …");
  const input = label
    .append("input")
    .attr("type", "file")
    .attr("accept", "image/jpeg,image/png,image/webp")
    .attr("class", "visually-hidden")
    .node()!;
  input.addEventListener("change", () => {
    const file = input.files?.[0];
    if (file) given(file, file.name);
    // The same file may be given again.
    input.value = "";
  });

  const carriesFile = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;
  target.addEventListener("dragover", (event) => {
    if (!carriesFile(event)) return;
    event.preventDefault();
    target.classList.add("dropping");
  });
  target.addEventListener("dragleave", () => target.classList.remove("dropping"));
  target.addEventListener("drop", (event) => {
    target.classList.remove("dropping");
    const file = event.dataTransfer?.files[0];
    if (!file) return;
    event.preventDefault();
    given(file, file.name);
  });

  const paste = (event: ClipboardEvent) => {
    const file = event.clipboardData?.files[0];
    if (!file) return;
    event.preventDefault();
    given(file, file.name || "The pasted picture");
  };
  document.addEventListener("paste", paste);
  return { element: label.node()!, stop: () => document.removeEventListener("paste", paste) };
}
