// Words of the page's own parts, a language each. What the model says comes from the module, in English.
export const en = {
  title: "What if the coalition were run otherwise?",
  lead: "Move what you could change. Every answer is made here, on your machine, by the model itself; nothing is sent anywhere.",
  coalition: "Coalition", optionA: "A: to compare with", optionB: "B: what you change", beginFrom: "Begins from", changeA: "Change A, too",
  reset: "Put everything back", money: "Planned cost", sameMoney: "Same money for B as for A", sameMoneyNo: "no: each costs what it costs",
  sameMoneyBy: "yes: adjust {0}", outcome: "What it is about", hubs: "Where B has hubs", hubsOf: "Hubs of {0}",
  hubsHelp: "Each region is served by the nearest hub, and the hubs share the staff alike. With several, each holds the meetings for its own organisations.",
  now: "Now: {0}.", supported: "Evidence speaks for {0} to {1}: {2}.", outside: "Outside of what evidence supports.",
  staff: "Staff", events: "Events", remote: "Attending from afar", lever: "Support", from: "When",
  answer: "The answer", answering: "Running the model …", sofar: "{0} of {1} pairs of runs so far", done: "{0} pairs of runs, {1}",
  notices: "Before you read on", uncertain: "How sure", rules: "How commitment comes about", rulesNow: "as the coalition's file says",
  sets: "With uncertain parameters", pictures: "Pictures", table: "The numbers", full: "For those who decide: the answer in full",
  figures: "All outcomes, every digit (CSV)", take: "Take it with you", takeA: "Option A as a scenario file", takeB: "Option B as a scenario file", command: "The same on a command line",
  print: "Print this page", link: "The address of this page holds all that you have set. Copy it to share it.", csv: "Numbers (CSV)", svg: "Picture (SVG)", png: "Picture (PNG)",
  proof: "Is this the same model?", prove: "Check 50 runs against the program's",
  proving: "Running …", proved: "All {0} runs have the bits of the program that made this page.", disproved: "{0} of {1} runs have other bits: do not use this page on this browser.",
  foot: "Coalis {0}, model version {1}; seed {2}. No forecast: runs of a model under stated assumptions.", firstHash: "Hash of the first run as it is: {0}",
  broken: "The model has stopped: {0}. It was started again; what you had set is kept.", language: "Language", luck: "Other luck (seed)",
  dots: "The difference, run by run", fan: "How it unfolds", levels: "Each option by itself", regions: "Where it shows",
};
export type Words = typeof en;
export const de: Words = {
  title: "Was wäre, wenn die Koalition anders geführt würde?",
  lead: "Stellen Sie um, was Sie ändern könnten. Jede Antwort rechnet das Modell hier auf Ihrem Gerät; nichts wird gesendet. Die Antworten selbst sind auf Englisch.",
  coalition: "Koalition", optionA: "A: zum Vergleich", optionB: "B: was Sie ändern", beginFrom: "Beginnt mit", changeA: "Auch A ändern",
  reset: "Alles zurücksetzen", money: "Geplante Kosten", sameMoney: "Gleiches Geld für B wie für A", sameMoneyNo: "nein: jede kostet, was sie kostet",
  sameMoneyBy: "ja: angepasst wird {0}", outcome: "Worum es geht", hubs: "Wo B Zentren hat", hubsOf: "Zentren von {0}",
  hubsHelp: "Jede Region gehört zum nächsten Zentrum, und die Zentren teilen das Personal zu gleichen Teilen. Sind es mehrere, hält jedes die Treffen für seine Organisationen ab.",
  now: "Heute: {0}.", supported: "Belege sprechen für {0} bis {1}: {2}.", outside: "Außerhalb dessen, wofür Belege sprechen.",
  staff: "Personal", events: "Veranstaltungen", remote: "Teilnahme aus der Ferne", lever: "Unterstützung", from: "Wann",
  answer: "Die Antwort", answering: "Das Modell rechnet …", sofar: "bisher {0} von {1} Paaren von Läufen", done: "{0} Paare von Läufen, {1}",
  notices: "Vorab", uncertain: "Wie sicher", rules: "Wie Bindung entsteht", rulesNow: "wie in der Datei der Koalition",
  sets: "Mit unsicheren Parametern", pictures: "Bilder", table: "Die Zahlen", full: "Für die, die entscheiden: die ganze Antwort",
  figures: "Alle Ergebnisse, jede Stelle (CSV)", take: "Zum Mitnehmen", takeA: "Option A als Szenariodatei", takeB: "Option B als Szenariodatei", command: "Dasselbe auf der Kommandozeile",
  print: "Diese Seite drucken", link: "Die Adresse dieser Seite enthält alles, was Sie eingestellt haben. Zum Weitergeben kopieren.", csv: "Zahlen (CSV)", svg: "Bild (SVG)", png: "Bild (PNG)",
  proof: "Ist das dasselbe Modell?", prove: "50 Läufe mit denen des Programms vergleichen",
  proving: "Rechnet …", proved: "Alle {0} Läufe haben die Bits des Programms, das diese Seite gemacht hat.", disproved: "{0} von {1} Läufen haben andere Bits: Diese Seite nicht in diesem Browser verwenden.",
  foot: "Coalis {0}, Modellversion {1}; Startzahl {2}. Keine Vorhersage: Läufe eines Modells unter genannten Annahmen.", firstHash: "Prüfzahl des ersten Laufs, wie es ist: {0}",
  broken: "Das Modell ist stehen geblieben: {0}. Es wurde neu gestartet; Ihre Einstellungen sind noch da.", language: "Sprache", luck: "Anderes Glück (Startzahl)",
  dots: "Der Unterschied, Lauf für Lauf", fan: "Wie es sich entwickelt", levels: "Jede Option für sich", regions: "Wo es sich zeigt",
};
export const languages: Record<string, { name: string; words: Words }> = { en: { name: "English", words: en }, de: { name: "Deutsch", words: de } };
export const filled = (text: string, ...values: (string | number)[]) => text.replace(/\{(\d)\}/g, (_, i: string) => String(values[Number(i)] ?? ""));
