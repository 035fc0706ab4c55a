/** Sentences that a page says at once, one paragraph each. */
export function alerts(sentences: readonly string[]): DocumentFragment {
  const paragraphs = sentences.map((sentence) => {
    const paragraph = document.createElement("p");
    paragraph.setAttribute("role", "alert");
    paragraph.textContent = sentence;
    return paragraph;
  });
  const fragment = document.createDocumentFragment();
  fragment.append(...paragraphs);
  return fragment;
}
