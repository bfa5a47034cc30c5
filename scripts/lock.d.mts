export type Lock = { packages: Record<string, { version?: string }> };
export function completeLock(lock: Lock): string[];
