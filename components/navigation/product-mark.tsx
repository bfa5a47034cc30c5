/** The product's sign: three layers, the upper one checked. */
export function ProductMark() {
  return (
    <svg aria-hidden="true" viewBox="0 0 24 24" className="size-6 shrink-0 fill-none stroke-2 stroke-accent">
      <path d="M4 17.5 12 21l8-3.5M4 13.5 12 17l8-3.5" strokeLinecap="round" strokeLinejoin="round" />
      <path d="m6 7.5 4.5 4.5L19 3.5" strokeLinecap="round" strokeLinejoin="round" className="stroke-[2.6]" />
    </svg>
  );
}
