/** What is done with a mail that names these beside a success: nobody knows how the backup went. Words of failure are in vocabulary.ts. */
const troubles = [
  "but|however|although|aber|jedoch|allerdings|mais|cependant|toutefois|tuttavia|però|echter|maar|pero|sin embargo",
  "needs? (?:your )?attention|remarks?|missing|stale|outdated|too old|postponed|deferred|delayed|nok|ko|bad(?=\\s?[:=])|(?:nearly|almost) full",
  "not (?:verified|copied|saved|backed|processed|done|finished|performed|possible|protected|uploaded|up to date)|no (?:new |recent )?(?:backups?|data) (?:found|for|since|in|are|is)",
  "vorzeitig|vom benutzer|verschoben|fehlt|fehlen|keine? (?:backups?|sicherung(?:en)?|datensicherung(?:en)?)|anomal[oaie]|manquante?s?|mancante|mancanti|ontbreekt|ontbreken|falta|faltan",
  "maybe|perhaps|probably|possibly|problems?|issues?|interrupted|terminated|killed|crash(?:ed)?|halted|stalled|hung|disconnected|overdue|rejected|refused",
  "unreachable|unavailable|inaccessible|unreadable|unexpected(?:ly)?|unfinished|uncompleted|unverified|invalid|mismatch(?:es)?",
  "damaged|broken|insufficient|not enough|not found|not available|in progress|pending|queued|omitted|failing|exception|time-?outs?",
  "(?:backup|job|task|sync|copy|run|process|operation|session) (?:was |is |has been )?(?:stopped|paused|disabled|suspended)",
  "(?:is|are|was|went|agent|device|host|server|machine) offline|(?:is|are|currently) running|never (?:run|ran|started|completed|backed)",
  "connection (?:was |has been )?(?:lost|closed|reset)|lost connection|(?:has|have|is|are) expired|yet to be|less than successful",
  "bad (?:blocks?|sectors?|chunks?|files?|media|data)|critical (?:errors?|state|status|condition)|read-only file system|no route to host",
  "(?:is|are|was|disk|disc|volume|device|drive|tape|storage) full(?!\\s+(?:backup|image|sync|copy))|low (?:on )?(?:disk )?space|no space|no data(?! loss)|nothing to",
  "(?:did|does|was|were|is|are|has|have|had|can|will)(?: not|n['’]t)(?! (?:monitored|intended|checked|reply|necessary|required))|didn['’]t",
  "probleme?n?|unvollständig\\p{L}{0,2}|unterbrochen|unerwartet\\p{L}{0,2}|gestoppt|pausiert|ausstehend|läuft noch|zeitüberschreitung|ausgelassen|überfällig",
  "verweigert|beschädigt|ungültig|störung|speicherplatz voll|datenträger voll|ist voll|(?:wurden?|konnten?|ist|sind|waren?) nicht|nicht (?:gefunden|erreichbar|verfügbar)",
  "\\p{L}{2,30}fehlern?|fehlerhaft\\p{L}{0,2}|\\p{L}{2,30}fouten?",
  "problèmes?|incomplète?s?|incomplets?|interrompue?s?|arrêtée?s?|en cours|en attente|introuvable|indisponible|injoignable|hors ligne|refusée?s?",
  "endommagée?s?|inattendue?s?|plein|délai dépassé|n['’](?:a|ont|est|était) pas",
  "problem[ai]|incomplet[oaie]|sospes[oaie]|fermat[oaie]|in attesa|in corso|rifiutat[oaie]|danneggiat[oaie]|inattes[oaie]|pien[oa]|non (?:trovat[oaie]|disponibil[ei]|raggiungibil[ei]|è)",
  "problemen|probleem|onvolledige?|gestopt|gepauzeerd|geweigerd|verlopen|beschadigde?|onverwachte?|schijf vol|(?:werd|werden|is|zijn|kon|konden) niet|niet (?:gevonden|beschikbaar|bereikbaar)",
  "problemas?|incidencias?|incomplet[oa]s?|interrumpid[oa]s?|detenid[oa]s?|pendientes?|en curso|rechazad[oa]s?|dañad[oa]s?|inesperad[oa]s?|llen[oa]|no (?:se|encontrad[oa]s?|disponibles?)",
];

/** "Failed", "error" and "warning" in languages in which a success is not known: beside an "OK" they forbid to believe it. */
const elsewhere = [
  "falhou|falharam|falhas?|erros?|erro|nie powiodł\\p{L}*|niepowodzeni\\p{L}*|błąd|błęd\\p{L}*|ostrzeżeni\\p{L}*|przerwan\\p{L}*",
  "misslycka\\p{L}*|felaktig\\p{L}*|fel|varning\\p{L}*|avbröt\\p{L}*|avbruten|mislykk\\p{L}*|fejl\\p{L}*|advars\\p{L}*|afbrudt|feil\\p{L}*|avbrutt",
  "epäonnistu\\p{L}*|virhe\\p{L}*|varoitu\\p{L}*|selhal\\p{L}*|chyb\\p{L}*|neúspěš\\p{L}*|neúspeš\\p{L}*|varování|zlyhal\\p{L}*|sikertelen\\p{L}*|hib[aá]\\p{L}*|figyelmeztet\\p{L}*",
  "ошиб\\p{L}*|не удалось|неудач\\p{L}*|сбо[йия]\\p{L}*|предупрежд\\p{L}*|прерван\\p{L}*|отмен\\p{L}*|помилк\\p{L}*|не вдалося|попередж\\p{L}*|грешк\\p{L}*",
  "başarısız\\p{L}*|hata\\p{L}{0,6}|uyarı\\p{L}*|eșuat\\p{L}*|eroare|erori|nereușit\\p{L}*|αποτυχ\\p{L}*|απέτυχ\\p{L}*|σφάλμα\\p{L}*|neuspješ\\p{L}*|neuspeš\\p{L}*|grešk\\p{L}*|napak\\p{L}*",
  "ebaõnnestu\\p{L}*|viga|kļūd\\p{L}*|neizdev\\p{L}*|klaid\\p{L}*|nepavyk\\p{L}*|فشل|خطأ|נכשל\\p{L}*|שגיאה",
];

const code =
  "(?:exit(?:ed)?(?: with)?(?: code| status| value)?|return(?:ed)? (?:code|value)|rc|(?:result|error) code|error ?level)\\s{0,3}[:=(]?\\s{0,3}-?(?!0+\\b)\\d{1,10}|0x8[0-9a-f]{7}";
// The word first, for the looking back is slow.
const state =
  "(?<![\\p{L}\\p{N}_-])(?:unknown|offline|expired|paused|disabled|running|critical|bad|stopped|inactive|none|never|-)(?=[ \\t]{0,5}$)(?<=^[^\\n]{0,80}\\b(?:status|result|state|job|backup|task)\\b[^\\n:=]{0,80}[:=][ \\t]{0,5}\\S{1,8})";
/** What stands between a part and the whole: "3 of 5". */
export const outOf = "(?:/|of|out of|von|sur|di|van|de)";
// "Total files: 0 of 1200". That none failed, or that none changed since yesterday, is no trouble.
const harmless =
  "fail|err[eo]r|fehler|warn|skip|miss|exclu|omit|corrupt|lost|retr|delet|remov|purg|chang|new|added|modif|updat|transfer|fehlge|übersprung|gelöscht|geändert|neu|échou|ignor|supprim|modifi|fall|mislukt|gewijzigd|elimin";
const nothing = `0(?<=[:=][ \\t]{0,8}0)\\s?${outOf}\\s?[1-9]\\d{0,8}(?![\\d/:-]|[.,]\\d)(?<!^[^\\n]{0,80}(?:${harmless})[^\\n]{0,80})(?![^\\n]{0,80}(?:${harmless}))`;
// Chinese, Japanese and Korean have no spaces between words.
const unspaced = "失敗|エラー|警告|中断|失败|错误|錯誤|중단|실패|오류|경고";

/** Words that make a success doubtful. */
export const doubtWord = new RegExp(
  `(?<![\\p{L}\\p{N}_])(?:${[...troubles, ...elsewhere, code].join("|")})(?![\\p{L}\\p{N}_])|${state}|${nothing}|${unspaced}`,
  "gimu",
);

const sentence = "(?:^|[.!?\\n,;]\\s{0,3})";
const condition = new RegExp(
  `(?:${sentence}(?:please )?(?:should|how to|bei|si|lorsque|quand|dès que|en cas|se|quando|in caso|als|wanneer|zodra|indien|bij|cuando|en caso)|(?<!\\p{L})(?:if|when|whenever|whether|once|unless|until|as soon as|in case|wenn|falls|sobald))\\s[^.!?\\n]{0,100}$`,
  "iu",
);
const notYet =
  /(?:^|[^\p{L}])(?:(?:will|shall|must|should|can|may|might|would|could|to|needs?)(?: (?:not|have|be|been)){0,3}|yet to be|once|until|before|wird|werden|soll|muss)\s+(?:\p{L}{1,15}\s+)?$/iu;
const noneOf =
  /(?:^|[^\p{L}])(?:none|nobody|neither|keine[rs]?|aucune?|nessun[oa]?|ningun[oa]?)\s+(?:\p{L}{1,15}\s+){0,6}$/iu;
const former =
  /(?:^|[^\p{L}])(?:last|latest|previous(?:ly)?|prior|recent|letzte[nrms]?|vorherige[nrms]?|dernier|dernière|précédente?|ultim[oa]|precedente|laatste|vorige|últim[oa]|anterior)\s+(?:(?!result|status|state|run|ergebnis|état|esito|stato|resultaat|resultado)\p{L}{1,15}\s+){0,2}$/iu;
const portion = new RegExp(`(?<![\\d.,])(\\d{1,6})\\s?${outOf}\\s?(\\d{1,6})\\s+(?:\\p{L}{1,15}\\s+){0,3}$`, "iu");
const percent = /(\d{1,3}(?:[.,]\d{1,3})?)\s?%\s*$/;
const valued =
  /^(?:\s+rate)?\s{0,3}[:=]\s{0,3}(?:(\d{1,3}(?:[.,]\d{1,3})?)\s?%|(no|false|nein|falsch|non|nee|onwaar|never|nie|jamais|mai|nunca|nooit|none|unknown|not)\b)/iu;
const rate = /^\s+rate\b/i;
const asked = /^[^.!?\n]{0,100}\?/;

/** Whether a text only speaks of what may be, up to where `before` ends: "If you have any ", "When the backup was ". */
export const isCondition = (before: string): boolean => condition.test(before);

const footer =
  /confidential|intended (?:solely|only)|intended recipient|addressee|vertraulich|adressat|confidentiel|destinataire|riservat|destinatari[oa]|vertrouwelijk|geadresseerde|confidencial/i;

/** Whether the paragraph at `at` is the small print that mail servers add, which says nothing of a backup. */
export function isFooter(text: string, at: number): boolean {
  const start = Math.max(text.lastIndexOf("\n\n", at), at - 600, 0);
  const end = text.indexOf("\n\n", at);
  return footer.test(text.slice(start, Math.min(end < 0 ? text.length : end, at + 600)));
}

/** Whether a word of success, between `before` and `after`, says that this backup has ended well, and not what was, may be, or is asked. */
export function isAssertion(before: string, after: string): boolean {
  if (isCondition(before) || notYet.test(before) || noneOf.test(before) || former.test(before) || asked.test(after))
    return false;
  const [, some, all] = portion.exec(before) ?? [];
  if (some !== undefined && Number(some) < Number(all)) return false;
  const done = percent.exec(before)?.[1];
  if (done !== undefined && Number(done.replace(",", ".")) < 100) return false;
  const [value, share] = valued.exec(after) ?? [];
  return value === undefined ? !rate.test(after) : share !== undefined && Number(share.replace(",", ".")) >= 100;
}
