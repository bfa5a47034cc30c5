/** How open pages learn of news. */
export const liveModes = ["events", "polling", "off"] as const;

export const liveLabels: Record<(typeof liveModes)[number], string> = {
  events: "At once",
  polling: "Every half minute",
  off: "When they are opened anew",
};
