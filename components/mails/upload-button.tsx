"use client";
import { Upload } from "lucide-react";
import { useRef } from "react";
import { useActingKey } from "@/components/acting/acting-context";
import { Button } from "@/components/ui/button";
import { useUploads } from "./uploads";

/** Chooses files and sends them. */
export function UploadButton() {
  const input = useRef<HTMLInputElement>(null);
  const actingKey = useActingKey();
  const { start } = useUploads();

  return (
    <>
      <Button variant="primary" icon={<Upload aria-hidden />} onClick={() => input.current?.click()}>
        Upload mails
      </Button>
      <input
        ref={input}
        type="file"
        accept=".eml,message/rfc822"
        multiple
        hidden
        onChange={(event) => {
          start([...(event.currentTarget.files ?? [])], actingKey);
          event.currentTarget.value = "";
        }}
      />
    </>
  );
}
