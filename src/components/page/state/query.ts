import type { Parameter } from "./parameter.js";

/** A page's state, as the query of its address says it. */
export interface StateInQuery<State> {
  /** Reads the state. What the query leaves out, or says in a way that means nothing, is as usual. */
  read(query: string): ReadState<State>;
  /** The query that says a state, with what is usual left out; parameters of others stay as they are. */
  write(query: string, state: State): string;
}

export interface ReadState<State> {
  readonly state: State;
  /** For each text that means nothing, a sentence: what would be right, and what is taken in its place. */
  readonly problems: readonly string[];
}

/** Every part of a state has a parameter; a part that is null has none in the query. */
export type Parameters<State> = { readonly [Key in keyof State]: Parameter<NonNullable<State[Key]>> };

/** Reads and writes a state by a table of its parameters. */
export function stateInQuery<State extends object>(
  usual: State,
  parameters: Parameters<State>,
): StateInQuery<State> {
  const textOf = <Key extends keyof State>(key: Key, value: State[Key] | undefined): string | null =>
    value == null ? null : parameters[key].write(value);

  return {
    read(query) {
      const given = new URLSearchParams(query);
      const state = { ...usual };
      const problems: string[] = [];
      for (const key in parameters) {
        const { name, rule, read, rescue, complaint } = parameters[key];
        const text = given.get(name);
        if (text === null) continue;
        const value = read(text);
        if (value !== undefined) {
          state[key] = value;
          continue;
        }
        if (rescue) state[key] = rescue(text);
        const sentence = complaint ?? `; it should be ${rule}. ${textOf(key, usual[key])} is taken.`;
        problems.push(`The page's address says ${name}=${shortened(text)}${sentence}`);
      }
      return { state, problems };
    },
    write(query, state) {
      const texts: Record<string, string | null> = {};
      for (const key in parameters) {
        const text = textOf(key, state[key]);
        texts[parameters[key].name] = text === textOf(key, usual[key]) ? null : text;
      }
      return withParameters(query, texts);
    },
  };
}

/** A query with some of its parameters set, or removed where they are null. */
export function withParameters(query: string, texts: Readonly<Record<string, string | null>>): string {
  const parameters = new URLSearchParams(query);
  for (const [name, text] of Object.entries(texts)) {
    if (text === null) parameters.delete(name);
    else parameters.set(name, text);
  }
  const written = parameters.toString();
  return written === "" ? "" : `?${written}`;
}

function shortened(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
