import { redirect } from "next/navigation";
import { PublicFrame } from "@/components/navigation/public-frame";
import { SetUpForm } from "@/components/sessions/set-up-form";
import { isSetUp } from "@/lib/auth/set-up";

export default async function SetUpPage() {
  if (await isSetUp()) redirect("/login");
  return (
    <PublicFrame
      productName="BackupChecks"
      title="Set up BackupChecks"
      description="Create the first administrator. Everything else is done by them."
    >
      <SetUpForm />
    </PublicFrame>
  );
}
