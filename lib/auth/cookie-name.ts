import { env, isHosted } from "../env";

/** From configuration only (such hosts speak https alone): left to guess from request headers, sign-in loops behind some proxies. */
export const isSecure = (): boolean => env().AUTH_URL?.startsWith("https:") ?? isHosted();

/** @returns the session cookie's name; browsers tie a `__Host-` cookie to this host and to https. */
export const sessionCookieName = (secure: boolean): string => (secure ? "__Host-backupchecks" : "backupchecks");
