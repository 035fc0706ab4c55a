/** Lines of a text table: the first column left-aligned, the others right-aligned, two spaces between. */
export function tableLines(rows: readonly (readonly string[])[], margin = " "): string[] {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const cell = (text: string, column: number) =>
    column === 0 ? text.padEnd(widths[column]!) : text.padStart(widths[column]!);
  return rows.map((row) => (margin + row.map(cell).join("  ")).trimEnd());
}
