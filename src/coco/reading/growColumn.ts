/** The new capacity when `needed` rows do not fit; doubling keeps the copying below two copies per row. */
export function roomFor(needed: number, room: number): number {
  return Math.max(needed, 2 * room, 1024);
}

/** `longer`, starting with the contents of `column`. */
export function grown<Column extends Float64Array | Int32Array | Uint8Array>(
  column: Column,
  longer: Column,
): Column {
  longer.set(column);
  return longer;
}
