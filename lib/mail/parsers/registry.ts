import { acronis } from "./acronis";
import { ahsay } from "./ahsay";
import { backupExec } from "./backup-exec";
import { bacula } from "./bacula";
import { cobian } from "./cobian";
import { cron } from "./cron";
import { duplicati } from "./duplicati";
import { generic } from "./generic";
import { macrium } from "./macrium";
import type { Parser } from "./parser";
import { pbs } from "./pbs";
import { qnap } from "./qnap";
import { retrospect } from "./retrospect";
import { smallTools } from "./small-tools";
import { sqlAgent } from "./sql-agent";
import { synology } from "./synology";
import { urbackup } from "./urbackup";
import { veeam } from "./veeam";
import { vzdump } from "./vzdump";
import { xenOrchestra } from "./xen-orchestra";

/** All families of mails, the specific before the general: the first that recognises a mail reads it. */
export const parsers: readonly Parser[] = [
  veeam,
  acronis,
  ahsay,
  backupExec,
  qnap,
  pbs,
  vzdump,
  duplicati,
  urbackup,
  bacula,
  cobian,
  macrium,
  retrospect,
  sqlAgent,
  xenOrchestra,
  cron,
  synology,
  smallTools,
  generic,
];
