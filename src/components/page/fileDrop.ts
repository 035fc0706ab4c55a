/** Lets files be dropped on an element, which has the class "dropping" while some are above it. */
export function receiveDrops(target: HTMLElement, dropped: (files: readonly File[]) => void): void {
  target.addEventListener("dragover", (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    target.classList.add("dropping");
  });
  target.addEventListener("dragleave", ({ relatedTarget }) => {
    const isWithin = relatedTarget instanceof Node && target.contains(relatedTarget);
    if (!isWithin) target.classList.remove("dropping");
  });
  target.addEventListener("drop", (event) => {
    target.classList.remove("dropping");
    const files = [...(event.dataTransfer?.files ?? [])];
    if (files.length === 0) return;
    event.preventDefault();
    dropped(files);
  });
}
