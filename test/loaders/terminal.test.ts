import { describe, expect, it, vi } from "vitest";
import { log } from "../../loaders/log.js";
import { printLines, terminalMessage, terminalName } from "../../loaders/terminal.js";

const red = "\u001b[31mred\u001b[0m";

describe("terminalName", () => {
  it("leaves out terminal escapes whole, and cuts", () => {
    expect(terminalName(`a ${red} \u001b]0;title\u0007name`)).toBe("a red name");
    expect(terminalName("x".repeat(20_000)).length).toBe(80);
  });
});

describe("terminalMessage", () => {
  it("keeps lines and leaves out escapes", () => {
    expect(terminalMessage(`one\n${red}\u009b2J`)).toBe("one\nred");
  });
});

describe("what commands print", () => {
  it("changes no colour, on either stream", () => {
    let out = "";
    let err = "";
    vi.spyOn(process.stdout, "write").mockImplementation((text) => {
      out += String(text);
      return true;
    });
    vi.spyOn(process.stderr, "write").mockImplementation((text) => {
      err += String(text);
      return true;
    });
    try {
      printLines([`a ${red} line`, "of two\nlines"]);
      log.info(`found ${red}`);
    } finally {
      vi.restoreAllMocks();
    }
    expect(out).toBe("a red line\nof two\nlines\n");
    expect(err).toContain("found red");
    expect(err).not.toContain("\u001b[31m");
  });
});
