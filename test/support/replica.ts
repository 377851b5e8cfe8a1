/**
 * A replica to be killed: `node test/support/replica.ts ADDRESS LEASE_SECONDS`. It takes up one subject, says `begun`,
 * and runs until it is told `end` on its standard input; then it says `ended`.
 */
import { once } from "node:events";
import { instant } from "../../src/proposal/instant.ts";
import { openPostgresStore } from "../../src/store/postgres/store.ts";
import { recordingLog } from "./log.ts";

const [, , url = "", leaseSeconds] = process.argv;
const store = await openPostgresStore(url, { log: recordingLog(), leaseSeconds: Number(leaseSeconds) });
await store.runOne(
  () => instant(Date.now()),
  async () => {
    console.log("begun");
    await once(process.stdin, "data");
    return instant("2030-01-01T00:00:00Z");
  },
);
console.log("ended");
await store.close();
process.exit();
