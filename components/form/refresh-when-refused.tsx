"use client";
import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { useFormAnswer } from "./action-form";

/** In a form that states a version: after a refusal it states the new one, so that sending it again is a choice, not a wall. */
export function RefreshWhenRefused() {
  const answer = useFormAnswer();
  const router = useRouter();
  useEffect(() => {
    if (answer.status === "refused") router.refresh();
  }, [answer, router]);
  return null;
}
