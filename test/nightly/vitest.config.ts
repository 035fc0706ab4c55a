import { defineConfig, mergeConfig } from "vitest/config";
import config from "../../vitest.config.js";

/** The unit tests, with the nightly's seed for their random cases. */
export default mergeConfig(config, defineConfig({ test: { setupFiles: ["test/nightly/propertySeed.ts"] } }));
