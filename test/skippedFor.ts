declare module "vitest" {
  interface TaskMeta {
    /** Why a test is skipped. */
    skipReason?: string;
  }
}

/** Options of a test, or of several, that cannot run here for a reason; where that is empty, they run. */
export function skippedFor(reason: string): { skip: boolean; meta: { skipReason?: string } } {
  return reason === "" ? { skip: false, meta: {} } : { skip: true, meta: { skipReason: reason } };
}
