/** The environment, read once into a plain value. What is wrong with it is said in sentences, all of it at once. */
import { createPrivateKey } from "node:crypto";
import { readFileSync } from "node:fs";
import { z } from "zod";

export type LogLevel = "trace" | "debug" | "info" | "warn" | "error" | "fatal";

export type Config = {
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  readonly dataDir: string;
  /** PostgreSQL, for any number of replicas; null: a file in `dataDir`, for one process. */
  readonly databaseUrl: string | null;
  readonly logLevel: LogLevel;
  /** `json` in production, for whatever collects it. */
  readonly logFormat: "pretty" | "json";
  readonly sweepMinutes: number;
  /** The IETF's datatracker, without a slash at its end. */
  readonly datatrackerUrl: string;
  readonly ietf: IetfConfig;
  /** GitHub, or without credentials the sandbox. */
  readonly github: GitHubConfig | null;
};

/** The IETF's services and tools, where they are not where they usually are. */
export type IetfConfig = {
  /** The program that makes text and HTML, by its path; `null`: `xml2rfc`, if it is on the PATH. */
  readonly xml2rfc: string | null;
  /** Where references are looked up, without a slash at the end; `null`: at the IETF. */
  readonly bibliographyUrl: string | null;
};

export type GitHubConfig = {
  readonly appId: number;
  readonly privateKey: string;
  /** The secret that GitHub signs with, and while it is being changed the one before it. */
  readonly webhookSecrets: readonly string[];
  /** The REST API, without a slash at its end. */
  readonly apiUrl: string;
  /** Where people look at it. */
  readonly webUrl: string;
  /** What dockets are sealed with, as PEM; null: a key that is made at the first start. */
  readonly signingKey: string | null;
  /** The key before, where it was changed. */
  readonly previousSigningKey: string | null;
  /** A channel that relays webhooks to a machine that GitHub cannot reach, for development. */
  readonly webhookProxy: string | null;
};

/** Something in the environment keeps the App from starting; the message says what, for an operator. */
export class ConfigError extends Error {
  constructor(problems: readonly string[]) {
    super(problems.join("\n"));
    this.name = "ConfigError";
  }
}

type Environment = Readonly<Record<string, string | undefined>>;

const SHORTEST_SECRET = 32;

const common = z.object({
  HOST: z.string().default("127.0.0.1"),
  PORT: wholeNumber("PORT", 0, 65_535, 3_000),
  DATA_DIR: z.string().default("./data"),
  DATABASE_URL: z
    .string()
    .refine(
      isDatabaseAddress,
      "DATABASE_URL must be an address such as postgres://USER:PASSWORD@HOST:5432/DATABASE, with %40 for @ and %2F for / in a password.",
    )
    .optional(),
  LOG_LEVEL: z
    .enum(["trace", "debug", "info", "warn", "error", "fatal"], {
      error: "LOG_LEVEL must be trace, debug, info, warn, error or fatal.",
    })
    .optional(),
  SWEEP_MINUTES: wholeNumber("SWEEP_MINUTES", 1, 1_440, 15),
  DATATRACKER_URL: webAddress("DATATRACKER_URL").default("https://datatracker.ietf.org"),
  XML2RFC: z.string().optional(),
  BIBLIOGRAPHY_URL: webAddress("BIBLIOGRAPHY_URL").optional(),
});

function secret(name: string) {
  return z
    .string({ error: `${name} is missing: without it anybody could send events in GitHub's name.` })
    .refine(
      (value) => Buffer.byteLength(value) >= SHORTEST_SECRET,
      `${name} must have at least ${SHORTEST_SECRET} bytes; \`openssl rand -hex 32\` makes a good one.`,
    );
}

const credentials = z.object({
  APP_ID: z
    .string({ error: "APP_ID is missing: it is the number on the App's settings page." })
    .regex(/^[1-9][0-9]{0,14}$/, "APP_ID must be the App's number, not its name or client id."),
  PRIVATE_KEY: z
    .string({
      error:
        "The App's private key is missing: set PRIVATE_KEY_PATH to the .pem file, or PRIVATE_KEY to its content.",
    })
    .transform(pemOf)
    .refine(isPrivateKey, "The App's private key is not a PEM private key."),
  WEBHOOK_SECRET: secret("WEBHOOK_SECRET"),
  WEBHOOK_SECRET_OLD: secret("WEBHOOK_SECRET_OLD").optional(),
  GHE_HOST: z
    .string()
    .regex(/^[A-Za-z0-9.-]+(?::[0-9]{1,5})?$/, "GHE_HOST must be a host name such as github.example.org.")
    .optional(),
  GITHUB_API_URL: webAddress("GITHUB_API_URL").optional(),
  WEBHOOK_PROXY_URL: webAddress("WEBHOOK_PROXY_URL").optional(),
  SIGNING_KEY: z.string().transform(pemOf).optional(),
  PREVIOUS_SIGNING_KEY: z.string().transform(pemOf).optional(),
});

/** Reads the environment. Empty values count as absent. Throws `ConfigError`. */
export function readConfig(environment: Environment): Config {
  const given = Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) => (value?.trim() ? [[name, value.trim()]] : [])),
  );
  const wanted = isConnected(given);
  const general = common.safeParse(given);
  const keyed = wanted ? credentials.safeParse({ ...given, ...keysOf(given) }) : null;
  if (!general.success || keyed?.success === false) {
    const problems = [general.error, keyed?.error].flatMap((error) => error?.issues ?? []);
    throw new ConfigError(problems.map(({ message }) => message));
  }
  if (!wanted && given.NODE_ENV === "production")
    throw new ConfigError([
      "APP_ID, PRIVATE_KEY_PATH and WEBHOOK_SECRET are missing: in production the sandbox is not started instead.",
    ]);
  const {
    HOST,
    PORT,
    DATA_DIR,
    DATABASE_URL,
    LOG_LEVEL,
    SWEEP_MINUTES,
    DATATRACKER_URL,
    XML2RFC,
    BIBLIOGRAPHY_URL,
  } = general.data;
  return {
    host: HOST,
    port: PORT,
    dataDir: DATA_DIR,
    databaseUrl: DATABASE_URL ?? null,
    // In the sandbox the terminal belongs to what a newcomer is told.
    logLevel: LOG_LEVEL ?? (wanted ? "info" : "warn"),
    logFormat: given.NODE_ENV === "production" ? "json" : "pretty",
    sweepMinutes: SWEEP_MINUTES,
    datatrackerUrl: DATATRACKER_URL,
    ietf: { xml2rfc: XML2RFC ?? null, bibliographyUrl: BIBLIOGRAPHY_URL ?? null },
    github: keyed === null ? null : gitHubOf(keyed.data),
  };
}

/** Puts the values of an `.env` file into the environment of this process; what is set already stays. */
export function loadEnvFile(path = ".env"): void {
  try {
    process.loadEnvFile(path);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ENOENT"))
      throw new ConfigError([`${path} cannot be read: ${error instanceof Error ? error.message : error}`]);
  }
}

/** One credential is enough to mean GitHub: a forgotten one must not start a sandbox in its place. */
export function isConnected(environment: Environment): boolean {
  const { APP_ID, PRIVATE_KEY, PRIVATE_KEY_PATH } = environment;
  return [APP_ID, PRIVATE_KEY, PRIVATE_KEY_PATH].some((value) => value !== undefined && value.trim() !== "");
}

function gitHubOf(values: z.infer<typeof credentials>): GitHubConfig {
  const { APP_ID, PRIVATE_KEY, WEBHOOK_SECRET, WEBHOOK_SECRET_OLD, GHE_HOST, GITHUB_API_URL } = values;
  const { SIGNING_KEY = null, PREVIOUS_SIGNING_KEY = null } = values;
  const webUrl = webUrlOf(GHE_HOST, GITHUB_API_URL);
  return {
    appId: Number(APP_ID),
    privateKey: PRIVATE_KEY,
    webhookSecrets: [WEBHOOK_SECRET, ...(WEBHOOK_SECRET_OLD === undefined ? [] : [WEBHOOK_SECRET_OLD])],
    apiUrl: GITHUB_API_URL ?? (GHE_HOST === undefined ? "https://api.github.com" : `${webUrl}/api/v3`),
    webUrl,
    signingKey: SIGNING_KEY,
    previousSigningKey: PREVIOUS_SIGNING_KEY,
    webhookProxy: values.WEBHOOK_PROXY_URL ?? null,
  };
}

/** GitHub's pages stand on the host of its API, but for github.com's own. */
function webUrlOf(host: string | undefined, apiUrl: string | undefined): string {
  if (host !== undefined) return `https://${host}`;
  const { origin } = new URL(apiUrl ?? "https://api.github.com");
  return origin === "https://api.github.com" ? "https://github.com" : origin;
}

const KEYS = ["PRIVATE_KEY", "SIGNING_KEY", "PREVIOUS_SIGNING_KEY"] as const;

/** Each key as it is given, or as it stands in the file that `…_PATH` names. */
function keysOf(environment: Environment): Environment {
  return Object.fromEntries(KEYS.map((name) => [name, environment[name] ?? keyIn(environment, name)]));
}

function keyIn(environment: Environment, name: (typeof KEYS)[number]): string | undefined {
  const path = environment[`${name}_PATH`];
  if (path === undefined) return undefined;
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw new ConfigError([
      `${name}_PATH cannot be read: ${error instanceof Error ? error.message : String(error)}.`,
    ]);
  }
}

/** As a PEM text, also where line breaks were written as `\n` or the whole in base64, as hosts often want it. */
function pemOf(value: string): string {
  const text = value.trim().replaceAll("\\n", "\n");
  return text.startsWith("-----BEGIN") ? text : Buffer.from(text, "base64").toString("utf8");
}

function isPrivateKey(pem: string): boolean {
  try {
    createPrivateKey(pem);
    return true;
  } catch {
    return false;
  }
}

/** Says nothing of what it was given: there is a password in it. */
function isDatabaseAddress(value: string): boolean {
  return /^postgres(?:ql)?:\/\/[^/]/.test(value) && URL.canParse(value) && new URL(value).pathname.length > 1;
}

function wholeNumber(name: string, least: number, most: number, usual: number) {
  const error = `${name} must be a whole number from ${least} to ${most}.`;
  return z
    .string()
    .regex(/^[0-9]{1,6}$/, error)
    .transform(Number)
    .refine((value) => value >= least && value <= most, error)
    .default(usual);
}

function webAddress(name: string) {
  return z
    .url({ protocol: /^https?$/, error: `${name} must be an address that begins with https:// or http://.` })
    .transform((address) => address.replace(/\/+$/, ""));
}
