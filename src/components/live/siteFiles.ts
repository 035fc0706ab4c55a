/**
 * The address of a file that comes with the page, `weights/<id>` or `sample/<id>`.
 *
 * @throws Error if the page has no such link
 */
export function siteFileAddress(file: string): string {
  const link = document.querySelector<HTMLLinkElement>(`link[rel="alternate"][title="${file}"]`);
  if (link === null) throw new Error(`The page has no link to ${file}.`);
  return link.href;
}

/** The content of a file that comes with the page. */
export async function fetchSiteFile(address: string): Promise<Blob> {
  return (await fetch(address)).blob();
}
