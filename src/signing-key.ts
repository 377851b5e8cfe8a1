/** The key that dockets are sealed with: given in the environment, or made at the first start and kept in a file. */
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { ConfigError } from "./config.ts";
import { publishedKey, type Sealing } from "./proposal/seal.ts";

export type SigningKeys = {
  /** As PEM; null: the one in the data folder, which is made if there is none. */
  readonly signingKey: string | null;
  /** As PEM, private or public. */
  readonly previousSigningKey: string | null;
};

export function signingKeyPath(dataDir: string): string {
  return join(dataDir, "signing-key.pem");
}

/** Throws `ConfigError` where a key is none, or the file can be neither read nor made. */
export function sealingFrom({ signingKey, previousSigningKey }: SigningKeys, path: string): Sealing {
  const pem = signingKey ?? keptKey(path);
  const key = checked("SIGNING_KEY", () => createPrivateKey(pem));
  const previous =
    previousSigningKey === null
      ? null
      : checked("PREVIOUS_SIGNING_KEY", () =>
          previousSigningKey.includes("PRIVATE")
            ? createPrivateKey(previousSigningKey)
            : createPublicKey(previousSigningKey),
        );
  return { key, previous };
}

function keptKey(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw notKept(path, error);
    return madeKey(path);
  }
}

/** `wx`: of two processes that start at once, one makes it. */
function madeKey(path: string): string {
  const { privateKey } = generateKeyPairSync("ed25519");
  const pem = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    writeFileSync(path, pem, { mode: 0o600, flag: "wx" });
    return pem;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST")
      return readFileSync(path, "utf8");
    throw notKept(path, error);
  }
}

function notKept(path: string, error: unknown): ConfigError {
  const why = error instanceof Error ? error.message : String(error);
  return new ConfigError([`The signing key ${path} cannot be kept there: ${why}.`]);
}

function checked(name: string, read: () => KeyObject): KeyObject {
  try {
    const key = read();
    publishedKey(key);
    return key;
  } catch {
    throw new ConfigError([
      `${name} is not an Ed25519 key in PEM; \`openssl genpkey -algorithm ed25519\` makes one.`,
    ]);
  }
}
