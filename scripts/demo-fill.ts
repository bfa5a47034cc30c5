import postgres from "postgres";
import { demoPasswords, FILLED, fillDemo } from "../lib/demo/fill";

try {
  if (process.env.DATABASE_URL) await requireNoRealAccount(process.env.DATABASE_URL);
  const now = new Date();
  const filledAt = await fillDemo(now);
  if (filledAt < now)
    console.log(`The demo was filled on ${filledAt.toISOString().slice(0, 10)}; delete it for a fresh one.`);
  console.log("Sign in to the demo with one of these:");
  for (const [username, password] of Object.entries(demoPasswords)) console.log(`  ${username.padEnd(4)} ${password}`);
  process.exit(0);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}

/** Asked before the tables are brought up to date, so that an account in use is not even migrated. */
async function requireNoRealAccount(url: string): Promise<void> {
  const client = postgres(url, { max: 1, connect_timeout: 5, connection: { default_transaction_read_only: true } });
  try {
    const [tables] = await client`select to_regclass('users') is not null as made`;
    if (!tables?.made) return;
    const [account] = await client`
      select exists (select 1 from users) and not exists (select 1 from audit_entries where action = ${FILLED}) as is_real`;
    if (account?.is_real)
      throw new Error("DEMO_DATABASE_URL holds an account that is not a demo. Nothing was touched.");
  } finally {
    await client.end();
  }
}
