"use client";
import { Failure } from "@/components/failure";

export default function ErrorPage({ error }: { error: Error & { digest?: string } }) {
  return (
    <main id="content" className="mx-auto grid max-w-2xl gap-4 p-6">
      <Failure digest={error.digest} />
    </main>
  );
}
