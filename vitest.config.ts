import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    setupFiles: ["test/support/seed.ts"],
    // Deadlines are judged in UTC whatever the machine's own zone is; a zone with daylight saving shows it.
    env: { TZ: "America/New_York" },
    // Vitest would leave one core to itself; it hardly needs one.
    maxWorkers: 2,
    // Files share their worker's modules: to load them anew for each took a third of the time.
    isolate: false,
  },
});
