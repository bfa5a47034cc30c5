import { generateKeyPairSync, sign } from "node:crypto";

/** @returns a new certificate for localhost and 127.0.0.1, signed by itself, and its key: PEM. It holds for a day. */
export function makeCertificate(): { cert: string; key: string } {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const name = seq(tlv(0x31, seq(oid("550403"), tlv(0x0c, Buffer.from("localhost")))));
  const names = seq(tlv(0x82, Buffer.from("localhost")), tlv(0x87, Buffer.from([127, 0, 0, 1])));
  const isAuthority = seq(tlv(0x01, Buffer.from([0xff])));
  const extensions = seq(
    seq(oid("551d11"), tlv(0x04, names)),
    seq(oid("551d13"), tlv(0x01, Buffer.from([0xff])), tlv(0x04, isAuthority)),
  );
  const toSign = seq(
    tlv(0xa0, tlv(0x02, Buffer.from([2]))),
    tlv(0x02, Buffer.from([1])),
    ecdsaWithSha256,
    name,
    seq(time(-86_400_000), time(86_400_000)),
    name,
    publicKey.export({ type: "spki", format: "der" }),
    tlv(0xa3, extensions),
  );
  const signature = sign("sha256", toSign, privateKey);
  const cert = seq(toSign, ecdsaWithSha256, tlv(0x03, Buffer.from([0]), signature));
  return { cert: pem("CERTIFICATE", cert), key: privateKey.export({ type: "pkcs8", format: "pem" }) as string };
}

/** One element of DER: its tag, its length, its content. */
function tlv(tag: number, ...content: Buffer[]): Buffer {
  const body = Buffer.concat(content);
  const length = body.length < 128 ? [body.length] : [0x82, body.length >> 8, body.length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
}

const seq = (...content: Buffer[]): Buffer => tlv(0x30, ...content);
const oid = (hex: string): Buffer => tlv(0x06, Buffer.from(hex, "hex"));
const ecdsaWithSha256 = seq(oid("2a8648ce3d040302"));

/** UTCTime, so many milliseconds from now. */
const time = (offset: number): Buffer =>
  tlv(0x17, Buffer.from(`${new Date(Date.now() + offset).toISOString().replace(/\D/g, "").slice(2, 14)}Z`));

const pem = (label: string, der: Buffer): string =>
  `-----BEGIN ${label}-----\n${der.toString("base64").replace(/.{64}/g, "$&\n")}\n-----END ${label}-----\n`;
