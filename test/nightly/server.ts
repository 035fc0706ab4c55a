import { type NightlyRow, type NightlySettings, runCheck } from "./part.js";
import { attack } from "./server/attack.js";

const check = "hostile requests";

/** Attacks the site's server: random requests and connections, while its files are removed and rebuilt. */
export async function checkServer(settings: NightlySettings): Promise<NightlyRow[]> {
  if (!settings.isChosen(check)) return [];
  const row = await runCheck(settings, check, async () => {
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
  });
  return [row];
}
