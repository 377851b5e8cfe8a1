/** PostgreSQL, as far as the store needs it: statements, transactions, and connections that come back by themselves. */
import pg from "pg";
import { sha256 } from "../../proposal/docket.ts";
import type { Log } from "../../reconcile/log.ts";
import { withSettings } from "./address.ts";

export type Row = Readonly<Record<string, unknown>>;
/** `prepared`: a statement so frequent, and so costly to plan, that a connection's plan for it is kept. */
export type Sql = (text: string, values?: readonly unknown[], how?: "prepared") => Promise<readonly Row[]>;

export type Database = {
  /** One statement, a transaction of its own. */
  readonly sql: Sql;
  /** All or nothing: settled only when it is committed, and on the server's disk. */
  transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T>;
  close(): Promise<void>;
};

const CONNECTIONS = 10;
/** GitHub gives up on a webhook after 10 seconds; a database that has not answered by then is as good as gone. */
const PATIENCE_MS = 8_000;

/**
 * Of each session: a commit is on disk before it is answered, whatever the server's own setting; and a process that is
 * paused in the middle of a transaction does not hold up the others for long.
 */
const SESSION = {
  synchronous_commit: "on",
  statement_timeout: PATIENCE_MS,
  lock_timeout: PATIENCE_MS / 2,
  idle_in_transaction_session_timeout: PATIENCE_MS,
};

/** Connects as soon as it is first asked something. A lost connection fails what was under way; the next one is new. */
export function openDatabase(url: string, log: Log): Database {
  const pool = new pg.Pool({
    connectionString: withSettings(url, SESSION),
    application_name: "secretariat",
    max: CONNECTIONS,
    connectionTimeoutMillis: PATIENCE_MS,
    query_timeout: PATIENCE_MS + 1_000,
    keepAlive: true,
  });
  pool.on("error", (error) => log.debug({ err: error }, "A connection to the database was lost"));
  // One that is lost while in use tells its statement; without a listener here, it would end the process as well.
  pool.on("connect", (client) => client.on("error", () => undefined));

  return {
    sql: sqlOn(pool),
    async transaction(work) {
      const client = await pool.connect();
      try {
        await client.query("BEGIN");
        const result = await work(sqlOn(client));
        const { command } = await client.query("COMMIT");
        // PostgreSQL answers so where a statement had failed and the failure was passed over.
        if (command !== "COMMIT") throw new Error(`The database answered COMMIT with ${command}`);
        client.release();
        return result;
      } catch (error) {
        // Whatever state the connection is in: when it is closed, the server undoes what was begun.
        client.release(true);
        throw error;
      }
    },
    close: () => pool.end(),
  };
}

/** One name is one text for as long as a connection lasts, and has at most 63 characters. */
function nameOf(text: string): string {
  return sha256(text).slice(0, 40);
}

function sqlOn(connection: Pick<pg.Pool, "query"> | Pick<pg.PoolClient, "query">): Sql {
  return async (text, values, how) => {
    const result: pg.QueryResult | pg.QueryResult[] = await connection.query({
      text,
      ...(values === undefined ? {} : { values: [...values] }),
      ...(how === "prepared" ? { name: nameOf(text) } : {}),
    });
    // Several statements in one text have several results.
    return [result].flat().flatMap(({ rows }) => rows);
  };
}
