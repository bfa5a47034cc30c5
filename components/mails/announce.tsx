"use client";
import { usePathname, useRouter } from "next/navigation";
import { useEffect, useRef } from "react";
import { useToast } from "@/components/ui/toast";

/** Says once what an action did before it went on to this page, and takes it out of the address. */
export function Announce({ sentence }: { sentence: string }) {
  const toast = useToast();
  const router = useRouter();
  const path = usePathname();
  const said = useRef("");

  useEffect(() => {
    if (said.current === sentence) return;
    said.current = sentence;
    toast(sentence);
    router.replace(path, { scroll: false });
  }, [sentence, toast, router, path]);

  return null;
}
