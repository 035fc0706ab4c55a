/** How one part of a page's state is written in the page's address. */
export interface Parameter<Value> {
  /** As the address has it. */
  readonly name: string;
  /** What it should be, as part of a sentence: "a whole number from 1 to 9". */
  readonly rule: string;
  /** The value that a text says; undefined where it says none. */
  read(text: string): Value | undefined;
  write(value: Value): string;
  /** What a text that says no value is taken for; the usual value where this is absent. */
  rescue?(text: string): Value;
  /** The sentence about such a text, after name and text; by default it names the rule and the usual value. */
  readonly complaint?: string;
}

export interface Range {
  readonly from: number;
  readonly to: number;
}

/** One of some values, each written as `textOf` says. */
export function choice<const Value>(
  name: string,
  values: readonly Value[],
  textOf: (value: Value) => string = String,
  complaint?: string,
): Parameter<Value> {
  return {
    name,
    rule: values.map(textOf).join(" or "),
    read: (text) => values.find((value) => textOf(value) === text),
    write: textOf,
    complaint,
  };
}

/** A whole number in digits. */
export function wholeNumber(name: string, range: Range, complaint?: string): Parameter<number> {
  return {
    name,
    rule: `a whole number from ${range.from} to ${range.to}`,
    read: (text) => numberIn(text, /^\d+$/, range),
    write: String,
    complaint,
  };
}

/** A number without exponent or sign. */
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
