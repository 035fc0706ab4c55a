import { shownText } from "../../../text/shownText.js";
import type { Parameter } from "./parameter.js";

/** Reads and writes a page's state as the query of its address. */
export interface QueryCodec<State> {
  /** Reads a state; what the query lacks, or has in a way that is invalid, gets its default. */
  read(query: string): ReadState<State>;
  /** The query for a state, without fields that have their defaults; other parameters of the query stay. */
  write(query: string, state: State): string;
}

export interface ReadState<State> {
  readonly state: State;
  /** For each invalid parameter, a sentence: what it should be, and what is used instead. */
  readonly problems: readonly string[];
}

/** One parameter for each field of a state; a field that is null is left out of the query. */
export type Parameters<State> = { readonly [Key in keyof State]: Parameter<NonNullable<State[Key]>> };

/** A codec that follows from a table of parameters. */
export function queryCodec<State extends object>(
  defaults: State,
  parameters: Parameters<State>,
): QueryCodec<State> {
  const textOf = <Key extends keyof State>(key: Key, value: State[Key] | undefined): string | null =>
    value == null ? null : parameters[key].write(value);

  return {
    read(query) {
      const given = new URLSearchParams(query);
      const state = { ...defaults };
      const problems: string[] = [];
      for (const key in parameters) {
        const { name, rule, read, fallback, message } = parameters[key];
        const text = given.get(name);
        if (text === null) continue;
        const value = read(text) ?? fallback?.(text);
        if (value !== undefined) state[key] = value;
        if (read(text) !== undefined) continue;
        const rest = message ?? `; it should be ${rule}. ${textOf(key, defaults[key])} is taken.`;
        problems.push(`The page's address says ${name}=${shownText(text)}${rest}`);
      }
      return { state, problems };
    },
    write(query, state) {
      const texts: Record<string, string | null> = {};
      for (const key in parameters) {
        const text = textOf(key, state[key]);
        texts[parameters[key].name] = text === textOf(key, defaults[key]) ? null : text;
      }
      return withParameters(query, texts);
    },
  };
}

/** A query with parameters set, or removed where they are null. */
export function withParameters(query: string, texts: Readonly<Record<string, string | null>>): string {
  const parameters = new URLSearchParams(query);
  for (const [name, text] of Object.entries(texts)) {
    if (text === null) parameters.delete(name);
    else parameters.set(name, text);
  }
  const written = parameters.toString();
  return written === "" ? "" : `?${written}`;
}

/** A query with parameters removed, so that writing them again puts them in the same order after every change. */
export function withoutParameters(query: string, names: readonly string[]): string {
  return withParameters(query, Object.fromEntries(names.map((name) => [name, null])));
}
