import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, test, vi } from "vitest";
import { ConfigError, loadEnvFile, readConfig } from "../src/config.ts";

const folder = mkdtempSync(join(tmpdir(), "secretariat-config-"));
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => vi.unstubAllEnvs());

const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const pem = privateKey.export({ type: "pkcs1", format: "pem" }).toString();
const keyFile = join(folder, "key.pem");
writeFileSync(keyFile, pem);
const SECRET = "0123456789abcdef0123456789abcdef";
const credentials = { APP_ID: "12345", PRIVATE_KEY: pem, WEBHOOK_SECRET: SECRET };

function problemsOf(environment: Record<string, string>): readonly string[] {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.message.split("\n");
    throw error;
  }
  return [];
}

describe("the environment", () => {
  test("empty, it means the sandbox and the usual values", () => {
    expect(readConfig({})).toEqual({
      host: "127.0.0.1",
      port: 3000,
      dataDir: "./data",
      databaseUrl: null,
      logLevel: "warn",
      logFormat: "pretty",
      sweepMinutes: 15,
      datatrackerUrl: "https://datatracker.ietf.org",
      ietf: { xml2rfc: null, bibliographyUrl: null },
      github: null,
    });
  });

  test("the IETF's tools and services may be elsewhere", () => {
    const values = { XML2RFC: "/opt/xml2rfc/bin/xml2rfc", BIBLIOGRAPHY_URL: "https://bib.example.org/" };
    expect(readConfig(values).ietf).toEqual({
      xml2rfc: "/opt/xml2rfc/bin/xml2rfc",
      bibliographyUrl: "https://bib.example.org",
    });
    expect(problemsOf({ BIBLIOGRAPHY_URL: "bib.example.org" })).toEqual([
      "BIBLIOGRAPHY_URL must be an address that begins with https:// or http://.",
    ]);
  });
  test.each(["postgres://a:b@c/d", "postgresql://a@c:5433/d?sslmode=verify-full"])(
    "the store is in PostgreSQL at %s",
    (address) => expect(readConfig({ DATABASE_URL: address }).databaseUrl).toBe(address),
  );

  test("in production the log is for machines", () => {
    const config = readConfig({ ...credentials, NODE_ENV: "production" });
    expect([config.logLevel, config.logFormat]).toEqual(["info", "json"]);
  });

  test("with credentials, it means GitHub", () => {
    expect(readConfig({ ...credentials, HOST: "0.0.0.0", PORT: "80", LOG_LEVEL: "warn" })).toMatchObject({
      host: "0.0.0.0",
      port: 80,
      logLevel: "warn",
      github: {
        appId: 12345,
        privateKey: pem.trim(),
        webhookSecrets: [SECRET],
        apiUrl: "https://api.github.com",
        webUrl: "https://github.com",
        webhookProxy: null,
      },
    });
  });

  test("while the webhook secret is being changed, the old one is accepted too", () => {
    const old = "o".repeat(32);
    expect(readConfig({ ...credentials, WEBHOOK_SECRET_OLD: old }).github?.webhookSecrets).toEqual([
      SECRET,
      old,
    ]);
    expect(problemsOf({ ...credentials, WEBHOOK_SECRET_OLD: "short" })).toEqual([
      "WEBHOOK_SECRET_OLD must have at least 32 bytes; `openssl rand -hex 32` makes a good one.",
    ]);
  });

  test.each<[string, Record<string, string>, string, string]>([
    [
      "a GitHub Enterprise Server",
      { GHE_HOST: "ghe.example.org" },
      "https://ghe.example.org/api/v3",
      "https://ghe.example.org",
    ],
    [
      "another API",
      { GITHUB_API_URL: "http://127.0.0.1:4000/" },
      "http://127.0.0.1:4000",
      "http://127.0.0.1:4000",
    ],
    [
      "github.com, said outright",
      { GITHUB_API_URL: "https://api.github.com" },
      "https://api.github.com",
      "https://github.com",
    ],
  ])("%s", (_, more, apiUrl, webUrl) => {
    expect(readConfig({ ...credentials, ...more }).github).toMatchObject({ apiUrl, webUrl });
  });

  test.each([
    ["as it is", { PRIVATE_KEY: pem }],
    ["with \\n for line breaks", { PRIVATE_KEY: pem.replaceAll("\n", "\\n") }],
    ["in base64", { PRIVATE_KEY: Buffer.from(pem).toString("base64") }],
    ["in a file", { PRIVATE_KEY: "", PRIVATE_KEY_PATH: keyFile }],
  ])("the private key %s", (_, key) => {
    expect(readConfig({ ...credentials, ...key }).github?.privateKey.trim()).toBe(pem.trim());
  });

  test.each<[Record<string, string>, readonly string[]]>([
    [{ PORT: "http" }, ["PORT must be a whole number from 0 to 65535."]],
    [{ PORT: "65536" }, ["PORT must be a whole number from 0 to 65535."]],
    [{ PORT: "-1" }, ["PORT must be a whole number from 0 to 65535."]],
    [
      { DATATRACKER_URL: "datatracker.example.org" },
      ["DATATRACKER_URL must be an address that begins with https:// or http://."],
    ],
    [{ SWEEP_MINUTES: "0" }, ["SWEEP_MINUTES must be a whole number from 1 to 1440."]],
    [{ SWEEP_MINUTES: "1.5" }, ["SWEEP_MINUTES must be a whole number from 1 to 1440."]],
    [{ LOG_LEVEL: "loud" }, ["LOG_LEVEL must be trace, debug, info, warn, error or fatal."]],
    [
      { APP_ID: "12345" },
      [
        "The App's private key is missing: set PRIVATE_KEY_PATH to the .pem file, or PRIVATE_KEY to its content.",
        "WEBHOOK_SECRET is missing: without it anybody could send events in GitHub's name.",
      ],
    ],
    [{ ...credentials, APP_ID: "" }, ["APP_ID is missing: it is the number on the App's settings page."]],
    [{ ...credentials, APP_ID: "Iv1.abc" }, ["APP_ID must be the App's number, not its name or client id."]],
    [
      { ...credentials, WEBHOOK_SECRET: "development" },
      ["WEBHOOK_SECRET must have at least 32 bytes; `openssl rand -hex 32` makes a good one."],
    ],
    [{ ...credentials, PRIVATE_KEY: "abc" }, ["The App's private key is not a PEM private key."]],
    [
      { ...credentials, PRIVATE_KEY: "", PRIVATE_KEY_PATH: "/nowhere/key.pem" },
      ["PRIVATE_KEY_PATH cannot be read: ENOENT: no such file or directory, open '/nowhere/key.pem'."],
    ],
    [
      { ...credentials, GHE_HOST: "https://ghe.example.org" },
      ["GHE_HOST must be a host name such as github.example.org."],
    ],
    [
      { ...credentials, GITHUB_API_URL: "file:///etc" },
      ["GITHUB_API_URL must be an address that begins with https:// or http://."],
    ],
    ...[
      "mysql://a:hunter2@b/c",
      "postgres://a:hunter2@b",
      "postgres:///c",
      "postgres://a:hunt/er2@b/c x",
    ].map((address): [Record<string, string>, readonly string[]] => [
      { DATABASE_URL: address },
      [
        "DATABASE_URL must be an address such as postgres://USER:PASSWORD@HOST:5432/DATABASE, with %40 for @ and %2F for / in a password.",
      ],
    ]),
    [
      { NODE_ENV: "production" },
      [
        "APP_ID, PRIVATE_KEY_PATH and WEBHOOK_SECRET are missing: in production the sandbox is not started instead.",
      ],
    ],
    [
      { ...credentials, PORT: "x", PRIVATE_KEY: "x", WEBHOOK_SECRET: "short" },
      [
        "PORT must be a whole number from 0 to 65535.",
        "The App's private key is not a PEM private key.",
        "WEBHOOK_SECRET must have at least 32 bytes; `openssl rand -hex 32` makes a good one.",
      ],
    ],
  ])("%j is refused", (environment, problems) => {
    expect(problemsOf(environment)).toEqual(problems);
  });

  test("no message carries a secret", () => {
    const message = problemsOf({ ...credentials, PRIVATE_KEY: "hunter2", WEBHOOK_SECRET: "hunter3" }).join();
    expect(message).not.toMatch(/hunter/);
  });
});

describe("the .env file", () => {
  test("is read where there is one, and does not overrule the environment", () => {
    const file = join(folder, ".env");
    writeFileSync(file, `PORT=4000\nPRIVATE_KEY="${pem.trim().replaceAll("\n", "\\n")}"\nAPP_ID=7\n`);
    vi.stubEnv("PORT", "5000");
    vi.stubEnv("APP_ID", undefined);
    vi.stubEnv("PRIVATE_KEY", undefined);
    loadEnvFile(file);
    expect(process.env.PORT).toBe("5000");
    const { github } = readConfig({ ...process.env, WEBHOOK_SECRET: SECRET });
    expect(github).toMatchObject({ appId: 7, privateKey: pem.trim() });
  });

  test("need not be there", () => {
    expect(() => loadEnvFile(join(folder, "none"))).not.toThrow();
  });

  test("that cannot be read is not passed over", () => {
    expect(() => loadEnvFile(folder)).toThrow(ConfigError);
  });
});
