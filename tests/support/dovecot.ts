import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { makeCertificate } from "./certificate";
import { freePort } from "./free-port";

const PROGRAM = "/usr/sbin/dovecot";
export const PASSWORD = "correct-horse-of-the-tests";

export type Dovecot = Awaited<ReturnType<typeof start>>;

/**
 * Starts a throw-away IMAP server on 127.0.0.1: any user with `PASSWORD`, mailboxes in a folder of its own.
 * @returns how to reach and stop it; null, after one printed line, where dovecot is not installed and cannot be.
 */
export async function startDovecot(): Promise<Dovecot | null> {
  if (!existsSync(PROGRAM) && process.env.CI === "true")
    spawnSync(process.execPath, ["scripts/apt.mjs", "dovecot-imapd"], { stdio: "inherit" });
  if (existsSync(PROGRAM) && process.getuid?.() === 0) return start();
  console.warn(
    "There is no dovecot that could be started (it needs Debian's dovecot-imapd, and root): its tests are skipped.",
  );
  return null;
}

async function start() {
  const folder = mkdtempSync(join(tmpdir(), "backupchecks-dovecot-"));
  const [uid, gid] = idsOf("nobody");
  chownSync(folder, uid, gid);
  mkdirSync(join(folder, "run"), { mode: 0o755 });
  const ports = { plain: await freePort(), tls: await freePort() };
  const made = makeCertificate();
  writeFileSync(join(folder, "key.pem"), made.key, { mode: 0o600 });
  writeFileSync(join(folder, "certificate.pem"), made.cert);
  writeFileSync(join(folder, "dovecot.conf"), configuration(folder, ports, `uid=${uid} gid=${gid}`));
  let child: ChildProcess;
  const run = async () => {
    child = spawn(PROGRAM, ["-F", "-c", join(folder, "dovecot.conf")], { stdio: "inherit" });
    await answers(ports.plain);
  };
  const halt = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGTERM");
    await ended;
  };
  const killNow = () => child.kill("SIGKILL");
  process.once("exit", killNow);
  await run();
  return {
    ...ports,
    certificate: made.cert,
    /** Ends it; `restart` brings it back with the same mailboxes and port. */
    halt,
    restart: run,
    stop: async () => {
      await halt();
      process.off("exit", killNow);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function idsOf(account: string): [uid: number, gid: number] {
  const line = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .find((one) => one.startsWith(`${account}:`));
  const [, , uid, gid] = line?.split(":") ?? [];
  return [Number(uid), Number(gid)];
}

const configuration = (folder: string, ports: { plain: number; tls: number }, account: string) => `
base_dir = ${folder}/run
log_path = ${folder}/log
protocols = imap
listen = 127.0.0.1
ssl = yes
ssl_cert = <${folder}/certificate.pem
ssl_key = <${folder}/key.pem
disable_plaintext_auth = no
auth_mechanisms = plain login xoauth2
auth_failure_delay = 0
first_valid_uid = 1
first_valid_gid = 1
mail_location = maildir:${folder}/mail/%u
passdb {
  driver = static
  args = password=${PASSWORD}
}
userdb {
  driver = static
  args = ${account} home=${folder}/mail/%u
}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${ports.plain}
  }
  inet_listener imaps {
    port = ${ports.tls}
    ssl = yes
  }
}
service anvil {
  chroot =
  # Wrong passwords would make later sign-ins wait.
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
service stats {
  chroot =
}
`;

async function answers(port: number): Promise<void> {
  for (const startedAt = Date.now(); Date.now() - startedAt < 10_000; await sleep(50)) {
    const greeted = await new Promise<boolean>((resolve) => {
      const socket = connect(port, "127.0.0.1")
        .once("data", () => resolve(true))
        .once("error", () => resolve(false))
        .once("close", () => resolve(false));
      socket.setTimeout(1000, () => socket.destroy());
      socket.once("data", () => socket.destroy());
    });
    if (greeted) return;
  }
  throw new Error("dovecot does not answer.");
}
