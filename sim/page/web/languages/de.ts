import type { Words } from "../texts";

export const name = "Deutsch";
export const words: Words = {
  title: "Was wäre, wenn die Koalition anders geführt würde?",
  lead: "Stellen Sie um, was Sie ändern könnten. Jede Antwort rechnet das Modell hier auf Ihrem Gerät; nichts wird gesendet. Die Antworten selbst sind auf Englisch.",
  coalition: "Koalition", optionB: "B: was Sie ändern", beginFrom: "Beginnt mit", changeA: "Auch A ändern",
  reset: "Alles zurücksetzen", money: "Geplante Kosten", sameMoney: "Gleiches Geld für B wie für A", sameMoneyNo: "nein: jede kostet, was sie kostet",
  sameMoneyBy: "ja: angepasst wird {0}", outcome: "Worum es geht", hubs: "Wo B Zentren hat", hubsOf: "Zentren von {0}",
  hubsHelp: "Jede Region gehört zum nächsten Zentrum, und die Zentren teilen das Personal zu gleichen Teilen. Sind es mehrere, hält jedes die Treffen für seine Organisationen ab.",
  now: "Heute: {0}.", supported: "Belege sprechen für {0} bis {1}: {2}.", outside: "Außerhalb dessen, wofür Belege sprechen.",
  staff: "Personal", events: "Veranstaltungen", remote: "Teilnahme aus der Ferne", lever: "Unterstützung", from: "Wann",
  answer: "Die Antwort", more: "Mehr zur Antwort", toAnswer: "Zur Antwort", answering: "Das Modell rechnet …", sofar: "bisher {0} von {1} Paaren von Läufen", done: "{0} Paare von Läufen, {1}",
  uncertain: "Was die Antwort einbezieht", chance: "Zufall: immer. Jedes Paar von Läufen hat anderes Glück.",
  sets: "Unsichere Parameter", setsHelp: "Jedes Paar von Läufen hat einen der Sätze von Zahlen, die zu den Belegen passen.", setsNot: "Nicht mit anderen Regeln: Die Sätze passen zu denen der Koalition.",
  structures: "Andere Strukturen des Modells", structuresHelp: "Rechnet alles noch einmal unter den anderen Regeln, wie Bindung entsteht, und sagt, ob die Antwort hält. Dauert dreimal so lange.",
  engagement: "Wie Bindung entsteht", decision: "Wie Mitglieder sich entscheiden zu kommen", influence: "Wie sich Ansichten bewegen", rulesNow: "wie bei der Koalition", pictures: "Bilder", table: "Die Zahlen", map: "Regionen nach Fahrstunden: wählen, wo Zentren sind", mapTable: "Wer welche Region bedient", full: "Für die, die entscheiden: die ganze Antwort",
  figures: "Alle Ergebnisse, jede Stelle (CSV)", take: "Zum Mitnehmen", takeA: "Option A als Szenariodatei", takeB: "Option B als Szenariodatei", command: "Dasselbe auf der Kommandozeile",
  print: "Diese Seite drucken", link: "Die Adresse dieser Seite enthält alles, was Sie eingestellt haben. Zum Weitergeben kopieren.", csv: "Zahlen (CSV)", svg: "Bild (SVG)", png: "Bild (PNG)",
  proof: "Ist das dasselbe Modell?", prove: "50 Läufe mit denen des Programms vergleichen",
  proving: "Rechnet …", proved: "Alle {0} Läufe haben die Bits des Programms, das diese Seite gemacht hat.", disproved: "{0} von {1} Läufen haben andere Bits: Diese Seite nicht in diesem Browser verwenden.",
  foot: "Coalis {0}, Modellversion {1}; Startzahl {2}. Keine Vorhersage: Läufe eines Modells unter genannten Annahmen.", firstHash: "Prüfzahl des ersten Laufs, wie es ist: {0}",
  broken: "Das Modell ist stehen geblieben: {0}. Es wurde neu gestartet; Ihre Einstellungen sind noch da.", language: "Sprache", luck: "Anderes Glück (Startzahl)",
  dots: "Der Unterschied, Lauf für Lauf", fan: "Wie es sich entwickelt", levels: "Jede Option für sich", regions: "Wo es sich zeigt",
  guess: "Erst raten, dann sehen", guessHelp: "Verbirgt die Antwort, bis Sie gesagt haben, was Sie erwarten. Ein Link auf diese Seite enthält Ihre Schätzung nicht.",
  guessLabel: "{0}: um wie viel wird B von A abweichen? (B minus A, {1})", fullOpen: "Lesen", guessSign: "Unter 0: B hat weniger als A.", guessShow: "Antwort zeigen",
  choices: "Vorab durchgerechnete Optionen", choicesHelp: "Gefunden, als diese Seite gemacht wurde, für die Koalition, wie sie ist. Sie folgen den Reglern nicht; ein Knopf stellt B auf eine davon, und das Modell rechnet sie hier.",
  choose: "B so einstellen", chooseNot: "Mit den Reglern dieser Seite geht das nicht.",
};
