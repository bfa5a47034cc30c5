// For the owner of the machine who is locked out: npm run admin -- reset-password <username>, or -- make-admin <username>.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { ensureInstalled, requireNode } from "./install.mjs";
import { root } from "./run.mjs";

requireNode();
if (existsSync(`${root}.env`)) process.loadEnvFile(`${root}.env`);
ensureInstalled({ dev: false });
const command = ["--conditions=react-server", "--import", "tsx", "lib/admin/main.ts", ...process.argv.slice(2)];
process.exit(spawnSync(process.execPath, command, { cwd: root, stdio: "inherit" }).status ?? 1);
