import { fileButton } from "../page/fileButton.js";
import { receiveDrops } from "../page/fileDrop.js";

interface ImageInput {
  /** A button that opens a file, for keyboards and phones. */
  readonly element: HTMLElement;
  /** Stops listening to the page. */
  stop(): void;
}

interface ImageInputOptions {
  /** Where a picture may be dropped. */
  readonly target: HTMLElement;
  readonly given: (file: Blob, name: string) => void;
  /** Files that were dropped on the target. */
  readonly dropped: (files: readonly File[]) => void;
}

/** The ways to open one's own picture: open a file, drop one on the target, paste one anywhere. */
export function imageInput({ target, given, dropped }: ImageInputOptions): ImageInput {
  const button = fileButton("Open a photo …", {
    accept: "image/jpeg,image/png,image/webp",
    opened: ([file]) => file && given(file, file.name),
  });
  receiveDrops(target, dropped);
  const paste = (event: ClipboardEvent) => {
    const file = event.clipboardData?.files[0];
    if (!file) return;
    event.preventDefault();
    given(file, file.name || "The pasted picture");
  };
  document.addEventListener("paste", paste);
  return { element: button.element, stop: () => document.removeEventListener("paste", paste) };
}
