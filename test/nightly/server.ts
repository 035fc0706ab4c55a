import { type NightlyRow, type NightlySettings, runCheck } from "./part.js";
import { attack } from "./server/attack.js";
import { holdConnections } from "./server/halfOpen.js";

const checks = [
  { check: "hostile requests", run: sendRequests },
  { check: "half-open connections", run: openConnections },
] as const;

/** Attacks the site's server: random requests while its files are removed and rebuilt, and unfinished ones. */
export async function checkServer(settings: NightlySettings): Promise<NightlyRow[]> {
  const rows: NightlyRow[] = [];
  for (const { check, run } of checks.filter(({ check }) => settings.isChosen(check))) {
    rows.push(await runCheck(settings, check, () => run(settings, check)));
  }
  return rows;
}

type Outcome = Omit<NightlyRow, "check" | "seconds">;

async function sendRequests(settings: NightlySettings, check: string): Promise<Outcome> {
  const { breaches, statuses, after } = await attack(settings);
  const faults = [
    ...after.map((fault) => ({ error: new Error(fault), input: null })),
    ...breaches.map(({ request, fault }) => ({ error: new Error(fault), input: request })),
  ];
  const [first] = faults;
  const file = first === undefined ? "" : ` (${await settings.keepFailure({ check, ...first })})`;
  const answers = [...statuses].sort(([a], [b]) => a - b).map(([status, count]) => `${status} × ${count}`);
  return {
    runs: settings.runs,
    failures: faults.length,
    note: `${first?.error.message ?? "alive and right at the end"}${file}; answers: ${answers.join(", ")}`,
  };
}

async function openConnections(settings: NightlySettings): Promise<Outcome> {
  const runs = Math.min(settings.runs, 400);
  const faults = await holdConnections(runs);
  return {
    runs,
    failures: faults.length,
    note: faults[0] ?? "all closed by the server, others answered meanwhile",
  };
}
