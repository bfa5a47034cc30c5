import { redirect } from "next/navigation";
import { PublicFrame } from "@/components/navigation/public-frame";
import { SignInForm } from "@/components/sessions/sign-in-form";
import { currentAccess } from "@/lib/access/session";
import { isSetUp } from "@/lib/auth/set-up";
import { safeNext } from "@/lib/redirects";
import { signInRules } from "@/lib/settings/public";

export default async function LoginPage({ searchParams }: { searchParams: Promise<{ next?: string }> }) {
  const next = safeNext((await searchParams).next);
  if (await currentAccess()) redirect(next);
  if (!(await isSetUp())) redirect("/setup");
  const { accountName, failureLimit, waitMinutes } = await signInRules();
  return (
    <PublicFrame productName={accountName} title="Sign in">
      <SignInForm next={next} hint={`After ${failureLimit} failures, sign-in pauses for ${waitMinutes} minutes.`} />
    </PublicFrame>
  );
}
