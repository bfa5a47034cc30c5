import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const PACKAGE = "libpython3.11-testsuite";
const FOLDER = "/usr/lib/python3.11/test/test_email/data";

/**
 * The mails with which Python tests its own reader: broken heads, endless boundaries, odd character sets.
 * @returns each by its name; null, after one printed line, where Debian's package of them is not installed and cannot be
 */
export function tortureMails(): { name: string; raw: Buffer }[] | null {
  if (!existsSync(FOLDER) && process.env.CI === "true")
    spawnSync(process.execPath, ["scripts/apt.mjs", PACKAGE], { stdio: "inherit" });
  if (!existsSync(FOLDER)) {
    console.warn(`${PACKAGE} is not installed: the tests with its mails are skipped.`);
    return null;
  }
  const names = readdirSync(FOLDER).filter((name) => name.endsWith(".txt"));
  return names.sort().map((name) => ({ name, raw: readFileSync(join(FOLDER, name)) }));
}
