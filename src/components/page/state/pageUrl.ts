/** The query of a page's address. */
export interface PageAddress {
  query(): string;
  /** Replaces the query without adding to the history. */
  replace(query: string): void;
  /** Calls a listener whenever the reader goes back or forward; returns a function that stops it. */
  onNavigate(listener: () => void): () => void;
}

/** The address of the current page. */
export const pageAddress: PageAddress = {
  query: () => location.search,
  replace: (query) => history.replaceState(history.state, "", location.pathname + query + location.hash),
  onNavigate(listener) {
    addEventListener("popstate", listener);
    return () => removeEventListener("popstate", listener);
  },
};
