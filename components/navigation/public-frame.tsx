import type { ReactNode } from "react";
import { ProductMark } from "./product-mark";

type Props = { productName: string; title: string; description?: ReactNode; children: ReactNode };

/** The frame of pages that need no session: the product's name and one card with the page's h1. */
export function PublicFrame({ productName, title, description, children }: Props) {
  return (
    <main
      id="content"
      tabIndex={-1}
      className="mx-auto grid min-h-dvh w-full max-w-md content-start gap-4 px-4 py-8 sm:content-center"
    >
      <title>{`${title} · ${productName}`}</title>
      <p className="flex items-center justify-center gap-2 font-semibold text-lg">
        <ProductMark />
        {productName}
      </p>
      <div className="rounded-lg border border-line bg-surface p-5 sm:p-6">
        <h1 className="text-xl">{title}</h1>
        {description && <p className="mt-1 text-muted">{description}</p>}
        <div className="mt-4">{children}</div>
      </div>
    </main>
  );
}
