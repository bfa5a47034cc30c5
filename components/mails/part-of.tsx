import Link from "next/link";
import { getDigestOf } from "@/lib/mails/digests";
import { subjectLabel } from "@/lib/mails/rules";

/** The way from a part to the digest it was taken from; nothing for who may not see that. */
export async function PartOf({ id }: { id: string }) {
  const digest = await getDigestOf(id);
  if (!digest) return null;
  return (
    <p>
      Part of the digest <Link href={`/inbox/${digest.id}`}>{subjectLabel(digest.subject)}</Link>.
    </p>
  );
}
