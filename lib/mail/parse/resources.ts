const guesses: [RegExp, string][] = [
  [/microsoft 365|office 365|\bm365\b|\bo365\b|exchange online|sharepoint|onedrive|teams/i, "Microsoft 365"],
  [/\bsql\b|database|datenbank|base de données|postgres|mysql|mariadb|oracle|mongodb|\bdb\b/i, "Database"],
  [/\bnas\b|synology|qnap|diskstation|truenas|file share|hyper backup/i, "NAS"],
  [/\bvms?\b|virtual machine|hyper-v|vmware|vsphere|proxmox/i, "Virtual machines"],
  [/\b(?:pc|laptop|notebook|desktop|workstation|client)\b/i, "Workstation"],
  [/\bserver\b|\bsrv\b|\bdc\d*\b/i, "Server"],
];

/** What kind of resource a text speaks of: a suggestion for the person who approves the mail. */
export function resourceTypeOf(text: string): string {
  const plain = text.slice(0, 2000).replace(/[-_]/g, " ");
  return guesses.find(([pattern]) => pattern.test(plain))?.[1] ?? "Other";
}

/** Whether the name of a computer is one of a workstation: DESKTOP-8S2K, PC-012, NB-ANNA. */
export function isWorkstationName(host: string): boolean {
  return (
    /^(?:desktop|laptop|pc|nb|ws|wks|win10|win11)[-_\d]/i.test(host) || /[-_](?:pc|nb|laptop|desktop)\d*$/i.test(host)
  );
}
