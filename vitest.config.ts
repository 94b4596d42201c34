import { defineConfig, type ViteUserConfig } from "vitest/config";

const config: ViteUserConfig = defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: ["test/support/build.ts"],
    setupFiles: ["test/support/fast-check.ts"],
    testTimeout: 60_000,
    // By default one core stays idle; on a machine with two that doubles the time.
    maxWorkers: "100%",
  },
});
export default config;
