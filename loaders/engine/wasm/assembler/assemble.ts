import { type Code, unsigned } from "./instructions.js";

const types = { i32: 0x7f, v128: 0x7b };
type ValueType = keyof typeof types;

/** A parameter or a variable of a function. */
export interface Local {
  readonly get: Code;
  readonly set: (value: Code) => Code;
}

/** A function of integers that gives nothing back: it works on memory. */
export interface Routine {
  readonly name: string;
  readonly parameters: number;
  readonly variables: readonly ValueType[];
  readonly body: Code;
}

/** Collects the variables of a routine while its body is written. */
export class RoutineWriter {
  readonly variables: ValueType[] = [];

  constructor(private readonly parameters: number) {}

  integer(): Local {
    return this.variable("i32");
  }

  vector(): Local {
    return this.variable("v128");
  }

  private variable(type: ValueType): Local {
    this.variables.push(type);
    return local(this.parameters + this.variables.length - 1);
  }
}

/**
 * A routine whose parameters have names.
 *
 * @param write gets the parameters and the writer that makes more variables, and gives the body.
 */
export function routine<Name extends string>(
  name: string,
  parameters: readonly Name[],
  write: (parameter: Record<Name, Local>, writer: RoutineWriter) => Code,
): Routine {
  const writer = new RoutineWriter(parameters.length);
  const named: Partial<Record<Name, Local>> = {};
  parameters.forEach((parameter, index) => {
    named[parameter] = local(index);
  });
  if (!holdsAll(named, parameters)) throw new Error(`${name} has two parameters of one name.`);
  const body = write(named, writer);
  return { name, parameters: parameters.length, variables: writer.variables, body };
}

function holdsAll<Name extends string>(
  named: Partial<Record<Name, Local>>,
  names: readonly Name[],
): named is Record<Name, Local> {
  return Object.keys(named).length === names.length;
}

function local(index: number): Local {
  return {
    get: [0x20, ...unsigned(index)],
    set: (value) => [...value, 0x21, ...unsigned(index)],
  };
}

/** A WebAssembly module of the routines, over a memory it imports as `env.memory`. */
export function assemble(routines: readonly Routine[]): Uint8Array<ArrayBuffer> {
  const text = (value: string): number[] =>
    vector([...new TextEncoder().encode(value)].map((byte) => [byte]));
  const functionType = ({ parameters }: Routine): number[] => [
    0x60,
    ...vector(Array.from({ length: parameters }, () => [types.i32])),
    0,
  ];
  const code = ({ variables, body }: Routine): number[] => {
    const declared = vector(variables.map((type) => [1, types[type]]));
    const bytes = [...declared, ...body, 0x0b];
    return [...unsigned(bytes.length), ...bytes];
  };
  const section = (id: number, items: number[][]): number[] => {
    const bytes = vector(items);
    return [id, ...unsigned(bytes.length), ...bytes];
  };
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, routines.map(functionType)),
    ...section(2, [[...text("env"), ...text("memory"), 0x02, 0x00, 0]]),
    ...section(
      3,
      routines.map((_, index) => unsigned(index)),
    ),
    ...section(
      7,
      routines.map(({ name }, index) => [...text(name), 0x00, ...unsigned(index)]),
    ),
    ...section(10, routines.map(code)),
  ]);
}

function vector(items: readonly number[][]): number[] {
  return [...unsigned(items.length), ...items.flat()];
}
