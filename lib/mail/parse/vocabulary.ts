/** Words of results in six languages, as alternatives of a regular expression: each a whole word, in lower case. */
export const vocabulary = {
  success: [
    "success(?:ful(?:ly)?|es)?|succeeded|succeeds|completed?|ok|finished",
    "erfolgreich(?:e[nrs]?)?|erfolg|abgeschlossen|beendet|fehlerfrei",
    "réussie?s?|succès|terminée?s?|exécution normale",
    "riuscit[oaie]|completat[oaie]|successo",
    "geslaagde?|voltooid|succesvolle?|succes",
    "correct[oa](?:mente)?|completad[oa]s?|éxito",
  ],
  warning: [
    "warnings?|exceptions|partial(?:ly)?|skipped|still running|retry(?:ing)?|retries|incomplete|suspended|quota|stopped by operator|however, the following conditions",
    "warnung(?:en)?|teilweise|angehalten|übersprungen(?:e[nrs]?)?",
    "avertissements?|interrompue? par l'opérateur|partielle?(?:ment)?",
    "attenzione|avvis[oi]|saltat[oaie]|ancora in corso|parzial[ei]|superat[oaie]|interrott[oaie]",
    "waarschuwing(?:en)?|gedeeltelijke?|onderbroken",
    "advertencias?|aviso|parcial(?:mente)?|suspendid[oa]",
  ],
  failed: [
    "fail(?:ed|ure|ures|s)?|errors?|fatal|abort(?:ed|s)?|cancel(?:l?ed|l?ation)|could not|unable|denied|timed out|missed|corrupt(?:ed|ion)?|unsuccessful(?:ly)?",
    "fehlgeschlagen(?:e[nrs]?)?|fehlern?|abgebrochen|gescheitert",
    "échec|échouée?s?|erreurs?|annulée?s?",
    "fallit[oaie]|error[ei]|impossibile|corrott[oaie]|negat[oa]|scadut[oaie]|non è stato effettuato",
    "mislukte?|fout(?:en)?|geannuleerd|afgebroken",
    "error(?:es)?|fallid[oa]s?|fallado|falló|cancelad[oa]s?",
  ],
} as const;

export const symbols = {
  success: "✅✔✓🟢🎉",
  warning: "⚠🟡🟠",
  failed: "❌❎🔴🚨✖✕✗✘⛔",
} as const;

/** One of the words above, found as a whole word. The result is the name of the group that matched. */
export const statusWord = new RegExp(
  `(?<![\\p{L}\\p{N}_])(?:(?<failed>${vocabulary.failed.join("|")})|(?<warning>${vocabulary.warning.join("|")})|(?<success>${vocabulary.success.join("|")}))(?![\\p{L}\\p{N}_])|(?<failedSymbol>[${symbols.failed}])|(?<warningSymbol>[${symbols.warning}])|(?<successSymbol>[${symbols.success}])`,
  "giu",
);
