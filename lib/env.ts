import { randomBytes } from "node:crypto";
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";

const schema = z.object({
  DATABASE_URL: z.string().optional(),
  DATA_DIR: z.string().default("./.data"),
  /** The address people use; https here makes cookies Secure and names them `__Host-`. */
  AUTH_URL: z.url().optional(),
  AUTH_SECRET: z.string().min(32).optional(),
  PASSWORD_PEPPER: z.string().min(32).optional(),
  /** Seals passwords of mailboxes in the database; AUTH_SECRET does it when this is not set. */
  SECRETS_KEY: z.string().min(32).optional(),
  /** With it the tasks of the scheduler can be called at /api/cron/<task>; without it that door is shut. */
  CRON_SECRET: z.string().min(16).optional(),
  /** With it /metrics can be read; without it that door is shut. */
  METRICS_KEY: z.string().min(16).optional(),
  /** "1" lets the webhook call addresses of private networks, such as a chat server beside this one. */
  ALLOW_PRIVATE_WEBHOOKS: z.enum(["0", "1"]).default("0"),
  /** How many proxies stand before this server and may be believed about the client's address; 0 believes nobody. */
  TRUST_PROXY: z.coerce.number().int().min(0).max(10).default(0),
  /** Where Microsoft 365 is asked: national clouds have addresses of their own. */
  GRAPH_URL: z.url().default("https://graph.microsoft.com"),
  GRAPH_LOGIN_URL: z.url().default("https://login.microsoftonline.com"),
  DATABASE_POOL: z.coerce.number().int().min(1).max(100).default(10),
});

export type Env = z.output<typeof schema> & { AUTH_SECRET: string; PASSWORD_PEPPER: string };

let read: Env | undefined;

/** @returns whether this runs on a host without long-lived processes and without a disk of its own (Vercel). */
export const isHosted = (): boolean => Boolean(process.env.VERCEL);

/**
 * What the process was told, checked once; secrets that were not given are made once and kept in the data folder.
 * @throws Error naming each variable that is wrong.
 */
export function env(): Env {
  read ??= readEnv();
  return read;
}

function readEnv(): Env {
  const given = Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== ""));
  const parsed = schema.safeParse(given);
  if (!parsed.success) throw new Error(`Configuration: ${z.prettifyError(parsed.error)}`);
  const { DATABASE_URL, AUTH_SECRET, PASSWORD_PEPPER, CRON_SECRET } = parsed.data;
  const needed = { DATABASE_URL, AUTH_SECRET, PASSWORD_PEPPER, CRON_SECRET };
  const missing = Object.entries(needed).filter(([, value]) => !value);
  if (isHosted() && missing.length > 0) throw new Error(missingOnHost(missing.map(([name]) => name)));
  if (AUTH_SECRET && PASSWORD_PEPPER) return { ...parsed.data, AUTH_SECRET, PASSWORD_PEPPER };
  const kept = keptSecrets(path.resolve(parsed.data.DATA_DIR));
  return {
    ...parsed.data,
    AUTH_SECRET: AUTH_SECRET ?? kept.AUTH_SECRET,
    PASSWORD_PEPPER: PASSWORD_PEPPER ?? kept.PASSWORD_PEPPER,
  };
}

/** Nothing can be kept in a folder there, so nothing can be made up either; and without the key no task would ever run. */
const missingOnHost = (names: string[]): string =>
  `This host keeps no files, so BackupChecks must be given ${names.join(", ")}: .env.example says what they are for.`;

function keptSecrets(folder: string): { AUTH_SECRET: string; PASSWORD_PEPPER: string } {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
  const file = path.join(folder, "secrets.json");
  const made = {
    AUTH_SECRET: randomBytes(32).toString("base64url"),
    PASSWORD_PEPPER: randomBytes(32).toString("base64url"),
  };
  try {
    // "wx" lets exactly one of several starting processes write; the others read what it wrote.
    writeFileSync(file, JSON.stringify(made), { mode: 0o600, flag: "wx" });
    return made;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    return z
      .object({ AUTH_SECRET: z.string().min(32), PASSWORD_PEPPER: z.string().min(32) })
      .parse(JSON.parse(readFileSync(file, "utf8")));
  }
}
