import type { NextConfig } from "next";
import { PHASE_PRODUCTION_BUILD } from "next/constants";

/** Headers of everything that middleware.ts does not answer: static files and doors with a key of their own. */
const everywhere = [
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "Referrer-Policy", value: "same-origin" },
  { key: "X-Frame-Options", value: "SAMEORIGIN" },
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
  { key: "Cross-Origin-Resource-Policy", value: "same-origin" },
  { key: "Permissions-Policy", value: "camera=(), geolocation=(), microphone=()" },
];

/** Beside what is imported: read by name, at run time. */
const alsoNeeded = [
  ...["./build/workers/**", "./drizzle/**", "./docs/manual/**"],
  ...["./node_modules/dejavu-fonts-ttf/ttf/**", "./node_modules/pdfkit/js/data/**"],
];

const config = (phase: string): NextConfig => ({
  // One build serves `npm start` and scripts/standalone.mjs; `next start` would only warn about it.
  output: phase === PHASE_PRODUCTION_BUILD && !process.env.VERCEL ? "standalone" : undefined,
  poweredByHeader: false,
  reactStrictMode: true,
  // `npm test` and `npm run check` look at types; a start from a fresh clone should not wait for them.
  typescript: { ignoreBuildErrors: true },
  // They start worker threads or load WebAssembly beside their own files, so they must stay outside of bundles.
  serverExternalPackages: [
    "@electric-sql/pglite",
    "imapflow",
    "nodemailer",
    "piscina",
    "postgres",
    "pino",
    "smtp-server",
  ],
  outputFileTracingIncludes: { "/*": alsoNeeded },
  // Whole folders come along when a path is put together at run time; none of these is needed there.
  outputFileTracingExcludes: { "/*": ["./tests/**", "./.data/**", "./.env*", "./scripts/**", "./deploy/**"] },
  // A role may carry 100,000 marks (lib/roles/wire.ts).
  experimental: { authInterrupts: true, serverActions: { bodySizeLimit: "5mb" } },
  headers: async () => [
    { source: "/:path*", headers: everywhere },
    // A link inside of a mail tells nobody where it was clicked.
    { source: "/api/mails/:id/:part", headers: [{ key: "Referrer-Policy", value: "no-referrer" }] },
  ],
});

export default config;
