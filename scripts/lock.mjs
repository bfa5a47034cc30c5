// An install records only this platform's optional packages; `npm ci` elsewhere, and even here, then refuses the lock file.
// Run `node scripts/lock.mjs` after each `npm install <package>`.
import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

/**
 * Adds the entries that a lock file lacks for other platforms, and drops addresses of registries.
 * @param {{packages: Record<string, any>}} lock the parsed package-lock.json; changed in place
 * @returns {string[]} the names that were added
 * @throws {Error} when a missing optional package is not pinned to one version
 */
export function completeLock(lock) {
  const added = [];
  for (const [from, { dev, optionalDependencies = {} }] of Object.entries(lock.packages)) {
    for (const [name, version] of Object.entries(optionalDependencies)) {
      if (hasEntry(lock, from, name)) continue;
      if (!/^\d/.test(version)) throw new Error(`${name}: cannot complete the range ${version}`);
      lock.packages[`node_modules/${name}`] = entryFor(name, version, dev);
      added.push(name);
    }
  }
  for (const entry of Object.values(lock.packages)) delete entry.resolved;
  lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
  return added;
}

function hasEntry(lock, from, name) {
  return `node_modules/${name}` in lock.packages || `${from}/node_modules/${name}` in lock.packages;
}

// The keys stand in npm's own order, so that the next install leaves the file alone.
function entryFor(name, version, dev) {
  const parts = name.split(/[/-]/);
  const cpu = parts.find((part) => /^(arm|arm64|ia32|ppc64|riscv64|s390x|x64|wasm32)$/.test(part));
  const libc = parts.includes("musl") ? "musl" : /-gnu/.test(name) ? "glibc" : undefined;
  const os = parts.find((part) => /^(android|darwin|freebsd|linux|win32)$/.test(part));
  return {
    version,
    ...(cpu && { cpu: [cpu] }),
    ...(dev && { dev }),
    ...(libc && { libc: [libc] }),
    optional: true,
    ...(os && { os: [os] }),
  };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const file = new URL("../package-lock.json", import.meta.url);
  const lock = JSON.parse(readFileSync(file, "utf8"));
  const added = completeLock(lock);
  writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
  console.log(added.length ? `Added to package-lock.json: ${added.join(", ")}` : "package-lock.json was complete.");
}
