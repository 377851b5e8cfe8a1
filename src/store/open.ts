/** Which store there is: one SQLite file, or where replicas share the work, a PostgreSQL database. */
import type { Log } from "../reconcile/log.ts";
import type { StorePort } from "../reconcile/ports.ts";
import { databaseName } from "./postgres/address.ts";
import { openSqliteStore } from "./sqlite.ts";

export type StoreOptions = {
  /** `postgres://…`; null: the file. */
  readonly databaseUrl: string | null;
  /** A file, or `:memory:`. */
  readonly storePath: string;
};

/** Opens the store. Throws, in words for an operator, if it cannot. */
export async function openStore({ databaseUrl, storePath }: StoreOptions, log: Log): Promise<StorePort> {
  if (databaseUrl === null) return openSqliteStore(storePath);
  // Half again as much to load as all the rest of the store: only where it is wanted.
  const { openPostgresStore } = await import("./postgres/store.ts");
  return openPostgresStore(databaseUrl, { log });
}

/** Where the store is, without what opens it. */
export function storeName({ databaseUrl, storePath }: StoreOptions): string {
  return databaseUrl === null ? storePath : databaseName(databaseUrl);
}
