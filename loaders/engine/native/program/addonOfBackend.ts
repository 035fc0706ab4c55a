import type { ProgramAddon } from "./programAddon.js";

const addons = new WeakMap<object, ProgramAddon>();

/** Notes the add-on that was built beside a backend's own. */
export function setProgramAddon(backend: object, addon: ProgramAddon): void {
  addons.set(backend, addon);
}

/** The add-on that can run programs on a backend's library; undefined for a backend that has none. */
export function programAddonOf(backend: object): ProgramAddon | undefined {
  return addons.get(backend);
}
