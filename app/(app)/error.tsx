"use client";
import { Failure } from "@/components/failure";

export default function ErrorPage({ error }: { error: Error & { digest?: string } }) {
  return <Failure digest={error.digest} />;
}
