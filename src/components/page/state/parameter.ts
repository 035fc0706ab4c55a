/** How one field of a page's state is written in the page's address. */
export interface Parameter<Value> {
  readonly name: string;
  /** What the text should be, as part of a sentence: "a whole number from 1 to 9". */
  readonly rule: string;
  /** The value of a text; undefined if the text is invalid. */
  read(text: string): Value | undefined;
  write(value: Value): string;
  /** The value to use for an invalid text, instead of the default. */
  fallback?(text: string): Value;
  /** What to say of an invalid text, after "name=text"; by default, the rule and the default value. */
  readonly message?: string;
}

export interface Range {
  readonly from: number;
  readonly to: number;
}

/** One of several values, each written as `textOf` returns it. */
export function choice<const Value>(
  name: string,
  values: readonly Value[],
  textOf: (value: Value) => string = String,
  message?: string,
): Parameter<Value> {
  return {
    name,
    rule: values.map(textOf).join(" or "),
    read: (text) => values.find((value) => textOf(value) === text),
    write: textOf,
    message,
  };
}

/** A whole number in digits. */
export function wholeNumber(name: string, range: Range, message?: string): Parameter<number> {
  return {
    name,
    rule: `a whole number from ${range.from} to ${range.to}`,
    read: (text) => numberIn(text, /^\d+$/, range),
    write: String,
    message,
  };
}

/** A number without sign or exponent. */
export function decimal(name: string, range: Range): Parameter<number> {
  return {
    name,
    rule: `a number from ${range.from} to ${range.to}`,
    read: (text) => numberIn(text, /^\d*\.?\d+$/, range),
    write: String,
  };
}

/** Any text at all. */
export function text(name: string): Parameter<string> {
  return { name, rule: "a text", read: (value) => value, write: (value) => value };
}

function numberIn(text: string, digits: RegExp, { from, to }: Range): number | undefined {
  const value = Number(text);
  return digits.test(text) && from <= value && value <= to ? value : undefined;
}
