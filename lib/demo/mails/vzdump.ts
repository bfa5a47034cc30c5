import type { Outcome } from "../types";
import { message } from "./message";

/** @returns the mail of Proxmox VE's vzdump: a table of guests, then the log. */
export function vzdumpMail(outcome: Outcome): Uint8Array {
  const { job, status, endedAt } = outcome;
  const bad = outcome.objects.find((object) => object.status === "failed");
  const verdict = status === "failed" ? `backup failed: ${bad?.message ?? "job errors"}` : "backup successful";
  const subject = `vzdump backup status (${job.host}): ${verdict}`;
  const sentAt = new Date(endedAt.getTime() + 3000);
  return message({ from: job.sender, fromName: "Proxmox VE", subject, sentAt, text: body(outcome) });
}

function body(outcome: Outcome): string {
  const guests = outcome.objects.map((object) => {
    const [, name = "", vmid = ""] = /^(\S+) \((\d+)\)$/.exec(object.name) ?? [];
    const file = `/mnt/pve/backup-nfs/dump/vzdump-qemu-${vmid}-${fileMoment(outcome.startedAt)}.vma.zst`;
    return {
      vmid,
      name,
      failed: object.status === "failed",
      said: object.message,
      seconds: object.durationSeconds ?? 0,
      size: gib(object.sizeBytes ?? 0),
      file,
    };
  });
  const table = guests.map(
    ({ vmid, name, failed, seconds, size, file }) =>
      `${vmid.padEnd(8)}${name.padEnd(12)}${(failed ? "err" : "ok").padEnd(10)}${duration(seconds).padEnd(12)}${(failed ? "0 B" : size).padEnd(14)}${failed ? "null" : file}`,
  );
  const log = guests.map(({ vmid, failed, said, seconds }) => {
    const at = stamp(outcome.startedAt);
    const end = failed
      ? `${vmid}: ${at} ERROR: Backup of VM ${vmid} failed - ${said}`
      : `${vmid}: ${at} INFO: Finished Backup of VM ${vmid} (${duration(seconds)})`;
    return `${vmid}: ${at} INFO: Starting Backup of VM ${vmid} (qemu)\n${end}`;
  });
  return `Details
=======
VMID    Name        Status    Time        Size          Filename
${table.join("\n")}

Total running time: ${duration(outcome.durationSeconds)}
Total size: ${gib(outcome.sizeBytes)}

Logs
====
vzdump --all 1 --mode snapshot --storage backup-nfs --compress zstd
${log.join("\n\n")}
`;
}

/** "2026_11_16-01_00_03", as the archives are named. */
const fileMoment = (moment: Date): string => moment.toISOString().slice(0, 19).replace(/[-:]/g, "_").replace("T", "-");
const stamp = (moment: Date): string => moment.toISOString().slice(0, 19).replace("T", " ");
const gib = (bytes: number): string => `${(bytes / 2 ** 30).toFixed(3)} GiB`;

function duration(seconds: number): string {
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return [hours && `${hours}h`, (hours || minutes) && `${minutes}m`, `${rest}s`].filter(Boolean).join(" ");
}
