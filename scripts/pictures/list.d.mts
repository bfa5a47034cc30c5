export const passwords: Readonly<Record<"ada" | "oto" | "eva", string>>;
export const pictures: readonly { name: string }[];
