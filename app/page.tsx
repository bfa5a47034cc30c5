import { redirect } from "next/navigation";
import { currentAccess } from "@/lib/access/session";
import { isSetUp } from "@/lib/auth/set-up";

export default async function Home() {
  if (await currentAccess()) redirect("/dashboard");
  redirect((await isSetUp()) ? "/login" : "/setup");
}
