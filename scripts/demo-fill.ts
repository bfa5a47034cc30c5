import { demoPasswords, fillDemo } from "../lib/demo/fill";

try {
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
