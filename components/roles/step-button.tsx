"use client";
import { ArrowLeft, ArrowRight } from "lucide-react";
import { Button } from "@/components/ui/button";
import { type Step, useRoleDraft } from "./draft-context";

type Props = { to: Step; back?: boolean; children: string };

/** The way to the next or former step on a phone. */
export function StepButton({ to, back, children }: Props) {
  const { setStep } = useRoleDraft();
  const go = () => {
    setStep(to);
    window.scrollTo({ top: 0 });
  };
  return (
    <Button className="justify-self-start lg:hidden" icon={back && <ArrowLeft aria-hidden />} onClick={go}>
      {children}
      {!back && <ArrowRight aria-hidden />}
    </Button>
  );
}
