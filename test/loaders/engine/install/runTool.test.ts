import { describe, expect, it } from "vitest";
import { runTool, ToolError } from "../../../../loaders/engine/install/runTool.js";

const shell = (script: string, options?: Parameters<typeof runTool>[2]): Promise<string> =>
  runTool("/bin/sh", ["-c", script], { name: "the tool", ...options });

describe("runTool", () => {
  it("gives what the tool prints", async () => {
    expect(await shell("echo one; echo two >&2")).toBe("one\n");
  });

  it("says in npm's case the sentences, not the codes around them", async () => {
    const said = [
      "npm error code ECONNREFUSED",
      "npm error errno ECONNREFUSED",
      "npm error FetchError: request to https://registry/x failed, reason: connect ECONNREFUSED",
      "npm error A complete log of this run can be found in a file",
    ].join("\n");
    await expect(shell(`echo "${said}" >&2; exit 1`)).rejects.toThrow(
      "the tool ended with exit code 1 and said: “npm error FetchError: request to https://registry/x failed, " +
        "reason: connect ECONNREFUSED / npm error A complete log of this run can be found in a file”.",
    );
  });

  it("says in pip's case what was wrong with the network besides", async () => {
    const said = [
      "WARNING: Retrying: Connection refused",
      "Looking elsewhere",
      "ERROR: No matching distribution",
    ];
    await expect(shell(`echo "${said.join("\n")}" >&2; exit 1`)).rejects.toThrow(
      "“WARNING: Retrying: Connection refused / ERROR: No matching distribution”.",
    );
  });

  it("says the last lines of a tool that names no error, and that one said nothing", async () => {
    await expect(shell("for i in 1 2 3 4; do echo line $i; done; exit 3")).rejects.toThrow(
      "exit code 3 and said: “line 2 / line 3 / line 4”.",
    );
    await expect(shell("exit 3")).rejects.toThrow("exit code 3 and said: nothing.");
  });

  it("tells a tool that is missing from one that fails", async () => {
    await expect(runTool("/nowhere/tool", [])).rejects.toMatchObject({ missing: true });
    await expect(shell("exit 1")).rejects.toMatchObject({ missing: false });
  });

  it("ends a tool that takes too long, and what it started", async () => {
    const error: unknown = await shell("sleep 600 | cat", { timeout: 0.1 }).catch(
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(ToolError);
    expect(String(error)).toContain("the tool was not done after 0.1 seconds.");
  });

  it("names the signal that ended a tool", async () => {
    await expect(shell("kill -9 $$")).rejects.toThrow("the tool ended with SIGKILL and said: nothing.");
  });

  it("starts nothing once it is aborted", async () => {
    const reason = new Error("Enough.");
    await expect(shell("exit 0", { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });
});
