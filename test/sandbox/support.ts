import { sign } from "node:crypto";
import http from "node:http";
import { number, object, text } from "../../src/sandbox/json.ts";
import { type Ask, asking, RefusedRequest } from "../../src/sandbox/person.ts";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";

/** The App's JSON web token, in real time; the claims may be bent. */
export function jwt(app: Sandbox["app"], bent: Record<string, unknown> = {}): string {
  const now = Math.floor(Date.now() / 1000);
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const claims = { iat: now - 30, exp: now + 500, iss: app.appId, ...bent };
  const unsigned = `${part({ alg: "RS256", typ: "JWT" })}.${part(claims)}`;
  return `${unsigned}.${sign("RSA-SHA256", Buffer.from(unsigned), app.privateKey).toString("base64url")}`;
}

/** `narrowed`: to some repositories and permissions. */
export async function installationToken(sandbox: Sandbox, narrowed?: object): Promise<string> {
  const path = `/app/installations/${sandbox.app.installationId}/access_tokens`;
  return text(object(await asking(sandbox.url, jwt(sandbox.app))("POST", path, narrowed)).token);
}

/** Asks as the App's installation. */
export async function asInstallation(sandbox: Sandbox): Promise<Ask> {
  return asking(sandbox.url, await installationToken(sandbox));
}

/** The refusal of a request that must be refused, as `status message`. */
export async function refusalOf(work: Promise<unknown>): Promise<string> {
  const outcome = await work.catch((error: unknown) => error);
  if (!(outcome instanceof RefusedRequest)) throw new Error(`It was not refused: ${JSON.stringify(outcome)}`);
  return outcome.message.replace(/^\S+ \S+: /, "");
}

/** A raw look at one answer. */
export async function raw(
  sandbox: Sandbox,
  path: string,
  headers: Record<string, string> = {},
): Promise<{ status: number; headers: Headers; body: string }> {
  const response = await fetch(sandbox.url + path, { headers });
  return { status: response.status, headers: response.headers, body: await response.text() };
}

export type Received = {
  readonly event: string;
  readonly guid: string;
  readonly signature: string;
  readonly body: string;
  readonly payload: Record<string, unknown>;
};

/** Something that takes webhooks and remembers them. */
export async function receiver(): Promise<{ url: string; received: Received[]; close(): void }> {
  const received: Received[] = [];
  const server = http.createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk));
    const body = Buffer.concat(chunks).toString("utf8");
    received.push({
      event: String(request.headers["x-github-event"]),
      guid: String(request.headers["x-github-delivery"]),
      signature: String(request.headers["x-hub-signature-256"]),
      body,
      payload: object(JSON.parse(body)),
    });
    response.writeHead(202).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = number(typeof address === "object" ? address?.port : undefined);
  return {
    url: `http://127.0.0.1:${port}/`,
    received,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
