import "server-only";
import { rootCertificates } from "node:tls";
import { ImapFlow } from "imapflow";
import { MAIL_BYTES } from "../mails/rules";
import { here } from "./here";
import { replaceSecret } from "./stored";
import { forgetToken, tokenFor } from "./tokens";
import type { ImapSource } from "./types";
import { Refused } from "./words";

const CONNECT_MS = 15_000;
const GREETING_MS = 10_000;
const SILENT_MS = 60_000;
/** An idle connection is quiet by nature; it is renewed before servers and firewalls end it (RFC 2177 says 29 minutes). */
const IDLE_MS = 9 * 60_000;

/**
 * Opens the folder of a mailbox, works with it, and closes it whatever happens. When the signal is aborted the
 * connection ends at once, and with it what waits for it.
 * @param isIdle for a connection that only waits for news. @throws Refused, or what the library throws.
 */
export async function withFolder<T>(
  source: ImapSource,
  signal: AbortSignal,
  work: (client: ImapFlow) => Promise<T>,
  isIdle = false,
): Promise<T> {
  signal.throwIfAborted();
  const client = new ImapFlow(await optionsOf(source, signal, isIdle));
  // Errors reach us through what waits for the connection; without a listener they would end the process.
  client.on("error", () => {});
  const close = () => client.close();
  signal.addEventListener("abort", close, { once: true });
  try {
    await connect(client, source);
    await client.mailboxOpen(source.options.folder);
    const done = await work(client);
    signal.throwIfAborted();
    await Promise.race([client.logout().catch(() => {}), new Promise((resolve) => setTimeout(resolve, 2000))]);
    return done;
  } catch (error) {
    throw signal.aborted ? signal.reason : error;
  } finally {
    signal.removeEventListener("abort", close);
    client.close();
  }
}

async function optionsOf(source: ImapSource, signal: AbortSignal, isIdle: boolean) {
  const { host, port, security, user, authority } = source.options;
  return {
    host,
    port,
    secure: security === "tls",
    doSTARTTLS: security === "starttls",
    tls: authority ? { ca: [...rootCertificates, authority] } : {},
    auth: { user, ...(await accessOf(source, signal)) },
    logger: false as const,
    disableAutoIdle: true,
    connectionTimeout: CONNECT_MS,
    greetingTimeout: GREETING_MS,
    socketTimeout: isIdle ? IDLE_MS + SILENT_MS : SILENT_MS,
    maxIdleTime: IDLE_MS,
    maxLiteralSize: MAIL_BYTES + 1024 * 1024,
    clientInfo: { name: "BackupChecks" },
  };
}

async function accessOf(source: ImapSource, signal: AbortSignal) {
  const { options, secrets } = source;
  if (options.signIn === "password") return { pass: secrets.password ?? "" };
  const client = { client_id: options.clientId, client_secret: secrets.clientSecret ?? "" };
  const scope: Record<string, string> = options.scope ? { scope: options.scope } : {};
  const form: Record<string, string> = secrets.refreshToken
    ? { grant_type: "refresh_token", refresh_token: secrets.refreshToken, ...client, ...scope }
    : { grant_type: "client_credentials", ...client, ...scope };
  const asked = { url: options.tokenUrl, who: "The sign-in service of the mailbox", form, signal };
  const token = await tokenFor(keyOf(source), asked);
  if (token.refreshToken && token.refreshToken !== secrets.refreshToken) {
    await here(replaceSecret(source, { refreshToken: token.refreshToken }));
    secrets.refreshToken = token.refreshToken;
  }
  return { accessToken: token.value };
}

async function connect(client: ImapFlow, source: ImapSource): Promise<void> {
  try {
    await client.connect();
  } catch (error) {
    if (!(error as { authenticationFailed?: boolean }).authenticationFailed) throw error;
    forgetToken(keyOf(source));
    const what = source.options.signIn === "password" ? "password" : "access token";
    throw new Refused(`The mailbox refused the ${what}.`);
  }
}

const keyOf = ({ id, version }: ImapSource): string => `${id} ${version}`;
