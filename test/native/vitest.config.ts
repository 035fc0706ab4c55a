import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/native/**/*.test.ts"],
    pool: "forks",
    // Downloads 275 MB and compiles, the first time.
    testTimeout: 900_000,
    hookTimeout: 900_000,
  },
});
