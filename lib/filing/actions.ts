"use server";
import { action } from "../action";
import { approvalSchema, approve } from "./approve";
import { approveAll, bulkSchema } from "./bulk-approve";

/** Ties a mail of the Inbox to a job, new or existing, and with it all that wait with the same key from the same sender. */
export const approveMail = action("inbox.process", approvalSchema, approve, { name: "mail.approve" });

/** The same for many mails, each as suggested. */
export const approveSuggested = action("inbox.process", bulkSchema, approveAll, { name: "mail.approve" });
