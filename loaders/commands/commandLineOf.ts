/** A command of this project as it is typed into a shell. */
export function commandLineOf(args: readonly string[]): string {
  return ["npm run --silent spinenet --", ...args.map(quoted)].join(" ");
}

function quoted(argument: string): string {
  return /^[\w@%+=:,./-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", `'\\''`)}'`;
}
