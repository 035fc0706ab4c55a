import { backendTitles } from "../../messages/detection.js";
import type { SessionState } from "./session.js";

/** What the page says about its state: where the boxes come from, and what computes. */
export function statusOf({ engine, weights, outcome, activity }: SessionState): {
  readonly said: string;
  readonly backend: string;
} {
  return {
    said: [originOf({ weights, outcome, engine }), activity].filter(Boolean).join(" "),
    backend: backendOf(engine),
  };
}

function originOf({
  engine,
  weights,
  outcome,
}: Pick<SessionState, "engine" | "weights" | "outcome">): string {
  if (outcome === null) return weights === null ? "Choose weights to detect with." : "";
  if (outcome.origin === "stored") return "Stored result, computed when the site was built.";
  const time = `${outcome.milliseconds.toFixed(0)} ms`;
  const where = engine === null ? "" : ` on ${backendTitles[engine.backend]}`;
  return `Computed live${where} in ${time}${outcome.first ? ", the first run, which prepares the network; later ones are faster" : ""}.`;
}

function backendOf(engine: SessionState["engine"]): string {
  if (engine === null) return "";
  const { backend, device, passedOver } = engine;
  const taken = `Computes with ${backendTitles[backend]}${device === "" ? "" : ` (${device})`}.`;
  const others = passedOver.map(
    ({ backend: other, reason }) => `${backendTitles[other]} was passed over: ${reason}.`,
  );
  return [taken, ...others].join(" ");
}
