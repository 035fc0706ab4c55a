/** Sentences that screen readers announce, one paragraph each; a status is less urgent than an alert. */
export function alerts(sentences: readonly string[], role: "alert" | "status" = "alert"): DocumentFragment {
  const fragment = document.createDocumentFragment();
  for (const sentence of sentences) {
    const paragraph = document.createElement("p");
    paragraph.setAttribute("role", role);
    paragraph.textContent = sentence;
    fragment.append(paragraph);
  }
  return fragment;
}
