import { z } from "zod";
import { fields } from "../form";
import { readNetwork } from "./addresses";
import type { GraphOptions, ImapOptions, SmtpOptions, SourceKind, SourceOptions, SourceSecrets } from "./types";

const port = z.coerce
  .number("Enter a port.")
  .int("Enter a whole number.")
  .min(1, "At least 1.")
  .max(65_535, "At most 65535.");
const security = z.enum(["tls", "starttls", "none"], "Choose an encryption.");
const secret = z.string().max(20_000, "Too long.").default("");

const filing = {
  folder: fields.line("a folder", 200),
  after: z.enum(["nothing", "read", "move"], "Choose what happens."),
  move_to: fields.optionalLine(200),
  auth_serv_id: fields.optionalLine(255),
  needs_recipient: fields.checkbox,
};

const imap = z.object({
  kind: z.literal("imap"),
  name: fields.line("a name", 100),
  host: fields.line("the name of the server", 255),
  port,
  security,
  authority: fields.text(20_000),
  user: fields.line("the user", 255),
  sign_in: z.enum(["password", "oauth"], "Choose how to sign in."),
  password: secret,
  token_url: fields.optionalLine(500),
  client_id: fields.optionalLine(255),
  client_secret: secret,
  refresh_secret: secret,
  scope: fields.optionalLine(500),
  ...filing,
});

const graph = z.object({
  kind: z.literal("graph"),
  name: fields.line("a name", 100),
  tenant: fields.line("the tenant", 255),
  client_id: fields.line("the client ID", 255),
  client_secret: secret,
  mailbox: fields.line("the address of the mailbox", 320),
  ...filing,
});

const smtp = z.object({
  kind: z.literal("smtp"),
  name: fields.line("a name", 100),
  address: fields.optionalLine(45),
  port,
  security,
  certificate: fields.text(50_000),
  key_secret: secret,
  allowed: fields
    .text(5000)
    .transform((text) => text.split(/[\s,;]+/).filter(Boolean))
    .refine((list) => list.length > 0, "Enter at least one address or network.")
    .refine((list) => list.length <= 200, "At most 200 addresses.")
    .refine(
      (list) => list.every((one) => readNetwork(one) !== null),
      "Enter addresses such as 10.0.0.5 or networks such as 10.0.0.0/8.",
    ),
});

type Input = z.output<typeof imap> | z.output<typeof graph> | z.output<typeof smtp>;

const source = z.discriminatedUnion("kind", [imap, graph, smtp], "Choose a kind.").superRefine((input, context) => {
  const wrong = (path: string, message: string) => context.addIssue({ code: "custom", path: [path], message });
  if (input.kind === "smtp") {
    if (input.address && !readNetwork(input.address))
      wrong("address", "Enter an address of this machine, such as 127.0.0.1.");
    return;
  }
  if (input.after === "move" && !input.move_to) wrong("move_to", "Enter a folder.");
  if (input.after === "move" && input.move_to.toLowerCase() === input.folder.toLowerCase())
    wrong("move_to", "Choose another folder than the one that is read.");
  if (input.kind === "graph" || input.sign_in === "password") return;
  if (!input.client_id) wrong("client_id", "Enter the client ID.");
  if (!isTokenUrl(input.token_url)) wrong("token_url", "Enter an address that begins with https://.");
});

/** Secrets travel there, so it is encrypted; but for a service on the same machine. */
function isTokenUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return protocol === "https:" || (protocol === "http:" && ["127.0.0.1", "localhost"].includes(hostname));
}

export type SourceInput = { kind: SourceKind; name: string; options: SourceOptions; secrets: SourceSecrets };

export const createSchema = source.transform(partsOf);
/** The same with which row, and which version of it, the form was made from. */
export const updateSchema = z
  .intersection(z.object({ id: fields.id, version: fields.version }), source)
  .transform(({ id, version, ...input }) => ({ id, version, ...partsOf(input as Input) }));

function partsOf(input: Input): SourceInput {
  const { kind, name } = input;
  if (input.kind === "smtp") {
    const { address, port: number, security: encryption, allowed, certificate, key_secret: privateKey } = input;
    const options: SmtpOptions = { address, port: number, security: encryption, allowed };
    return { kind, name, options, secrets: given({ certificate, privateKey: privateKey.trim() }) };
  }
  const { folder, after, move_to: moveTo, auth_serv_id: authServId, needs_recipient: needsRecipient } = input;
  const filed = { folder, after, moveTo, authServId, needsRecipient };
  const clientSecret = input.client_secret;
  if (input.kind === "graph") {
    const { tenant, client_id: clientId, mailbox } = input;
    const options: GraphOptions = { tenant, clientId, mailbox, ...filed };
    return { kind, name, options, secrets: given({ clientSecret }) };
  }
  const { host, port: number, security: encryption, authority, user, scope, password } = input;
  const access = { signIn: input.sign_in, tokenUrl: input.token_url, clientId: input.client_id, scope };
  const options: ImapOptions = { host, port: number, security: encryption, authority, user, ...access, ...filed };
  return { kind, name, options, secrets: given({ password, clientSecret, refreshToken: input.refresh_secret }) };
}

/** An empty field keeps what is stored. */
const given = (secrets: SourceSecrets): SourceSecrets =>
  Object.fromEntries(Object.entries(secrets).filter(([, value]) => value !== ""));
