import { existsSync } from "node:fs";
import path from "node:path";
import { closeDatabase, openDatabase } from "../db";
import { env } from "../env";
import { fillFrom, makeAdministrator, resetPassword, saveTo } from "./commands";

const commands: Record<string, (argument: string) => Promise<string>> = {
  "reset-password": resetPassword,
  "make-admin": makeAdministrator,
  export: saveTo,
  import: fillFrom,
};

const [name = "", argument = ""] = process.argv.slice(2);

try {
  const command = commands[name];
  if (!command || !argument)
    throw new Error("Use: npm run admin -- reset-password|make-admin <username>, or export|import <file.tar.gz>");
  // An import is how a new installation may begin.
  if (name !== "import") requireExisting();
  await openDatabase();
  console.log(await command(argument));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  await closeDatabase();
}

/** A mistyped folder must not become a new, empty installation, nor a new pepper one that no password fits. */
function requireExisting(): void {
  const { DATABASE_URL, PASSWORD_PEPPER, DATA_DIR = "./.data" } = process.env;
  const folder = path.resolve(DATA_DIR || "./.data");
  if (!DATABASE_URL && !existsSync(path.join(folder, "pglite"))) throw new Error(`There is no database in ${folder}.`);
  if (!PASSWORD_PEPPER && !existsSync(path.join(folder, "secrets.json"))) {
    throw new Error(
      `Set PASSWORD_PEPPER to what the server uses, or DATA_DIR to its folder: ${folder} has no secrets.json.`,
    );
  }
  env();
}
