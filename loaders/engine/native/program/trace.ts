import { BinaryReader, WireType } from "@bufbuild/protobuf/wire";

/** One operation of a program as TensorFlow ran it, after rewriting the graph. */
export interface TracedOperation {
  readonly name: string;
  /** TensorFlow's name of its kind, such as `Conv2DBackpropFilter`; a kernel merged of several has a name like `_FusedConv2D`. */
  readonly kind: string;
  /** What it computes in: TensorFlow's `DataType`, its attribute `T`; 0 for an operation without one. */
  readonly type: number;
  readonly microseconds: number;
}

/**
 * The operations of a traced run, in the order in which they started.
 *
 * @param metadata A `RunMetadata` in protobuf's encoding (tensorflow/core/protobuf/config.proto), with step statistics
 * and partition graphs.
 */
export function tracedOperations(metadata: Uint8Array): TracedOperation[] {
  const nodes = new Map<string, { kind: string; type: number }>();
  const runs: { name: string; start: number; microseconds: number }[] = [];
  eachField(metadata, (field, bytes) => {
    if (field === runMetadata.stepStats) runs.push(...nodeRunsOf(bytes));
    if (field === runMetadata.partitionGraphs)
      for (const [name, node] of nodesOf(bytes)) nodes.set(name, node);
  });
  return runs
    .sort((a, b) => a.start - b.start)
    .flatMap(({ name, microseconds }) => {
      const node = nodes.get(name);
      return node ? [{ name, ...node, microseconds }] : [];
    });
}

/** Field numbers of TensorFlow's messages. */
const runMetadata = { stepStats: 1, partitionGraphs: 3 };
const stepStats = { deviceStats: 1 };
const deviceStats = { nodeStats: 2 };
const nodeStats = { name: 1, startMicros: 2, endRelativeMicros: 4, operationStartRelativeMicros: 3 };
const graphDef = { node: 1 };
const nodeDef = { name: 1, operation: 2, attribute: 5 };
const mapEntry = { key: 1, value: 2 };
const attributeValue = { type: 6 };

function* nodeRunsOf(stats: Uint8Array) {
  for (const device of messagesOf(stats, stepStats.deviceStats)) {
    for (const node of messagesOf(device, deviceStats.nodeStats)) {
      let name = "";
      let [start, from, to] = [0, 0, 0];
      eachField(node, (field, bytes, number) => {
        if (field === nodeStats.name) name = textOf(bytes);
        else if (field === nodeStats.startMicros) start = number;
        else if (field === nodeStats.operationStartRelativeMicros) from = number;
        else if (field === nodeStats.endRelativeMicros) to = number;
      });
      yield { name, start, microseconds: to - from };
    }
  }
}

function* nodesOf(graph: Uint8Array): Generator<[string, { kind: string; type: number }]> {
  for (const node of messagesOf(graph, graphDef.node)) {
    let [name, kind] = ["", ""];
    let type = 0;
    eachField(node, (field, bytes) => {
      if (field === nodeDef.name) name = textOf(bytes);
      else if (field === nodeDef.operation) kind = textOf(bytes);
      else if (field === nodeDef.attribute) type = typeAttributeOf(bytes) ?? type;
    });
    yield [name, { kind, type }];
  }
}

/** The type of an attribute named `T`. */
function typeAttributeOf(entry: Uint8Array): number | undefined {
  let key = "";
  let type: number | undefined;
  eachField(entry, (field, bytes) => {
    if (field === mapEntry.key) key = textOf(bytes);
    else if (field === mapEntry.value) {
      eachField(bytes, (inner, _, number) => {
        if (inner === attributeValue.type) type = number;
      });
    }
  });
  return key === "T" ? type : undefined;
}

function messagesOf(message: Uint8Array, wanted: number): Uint8Array[] {
  const found: Uint8Array[] = [];
  eachField(message, (field, bytes) => {
    if (field === wanted) found.push(bytes);
  });
  return found;
}

const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

/** Calls `take` with each field's number, and its bytes or its number. */
function eachField(
  message: Uint8Array,
  take: (field: number, bytes: Uint8Array, number: number) => void,
): void {
  const reader = new BinaryReader(message);
  while (reader.pos < reader.len) {
    const [field, wire] = reader.tag();
    if (wire === WireType.LengthDelimited) take(field, reader.bytes(), 0);
    else if (wire === WireType.Varint) take(field, new Uint8Array(), Number(reader.int64()));
    else reader.skip(wire);
  }
}
