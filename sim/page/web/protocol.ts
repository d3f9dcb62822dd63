// What the page and its worker say to each other, and the lines of text that the module gives.

export interface Coalition { file: string; name: string; description: string; setsFit: boolean }
export interface Lever {
  key: string; kind: string; words: string; unit: string; meaning: string;
  low: number; high: number; step: number; now: number; value: number;
  supportedLow: number; supportedHigh: number; reason: string; assumed: boolean; names: string[];
}
export interface Named { name: string; words: string; meaning: string; unit: string }
export const SWITCHES = ["engagement", "decision", "influence"] as const;
export type Rules = [number, number, number];  // of each switch the number of its rule, -1 as the coalition has it
export interface Rule { of: string; name: string; words: string }

// All that is asked. Values by the levers' keys; what is not there is as the coalition has it.
export interface Question {
  coalition: [number, number];
  values: [Record<string, number>, Record<string, number>];
  outcome: string;
  sameMoney: string;
  rules: Rules;
  sets: boolean;
  structures: boolean;
  seed: number;
  replicates: number;
}

export type Texts = Record<string, string[]>;

export type ToWorker =
  | { kind: "start"; module: string; data: string }
  | { kind: "ask"; id: number; question: Question }
  | { kind: "text"; id: number; number: number; of: number }
  | { kind: "guess"; id: number; value: number }  // its sentences come as a text
  | { kind: "prove"; coalition: number; replicates: number };

export type FromWorker =
  | { kind: "ready"; coalitions: Coalition[]; outcomes: Named[]; budgets: Named[]; rules: Rule[]; model: string; program: string; hasSets: boolean; ms: number }
  | { kind: "levers"; side: number; coalition: number; levers: Lever[] }
  | { kind: "answer"; id: number; whole: boolean; answer: Texts; charts: string[]; maps: string[]; decision: string; ms: number }
  | { kind: "problem"; id: number; text: string }
  | { kind: "text"; id: number; text: string }
  | { kind: "proof"; coalition: number; hashes: string[] }
  | { kind: "broken"; text: string };

// Texts of the module by number, as sim/page/interface.cpp has them.
export const TEXT = {
  error: 0, coalitions: 1, levers: 2, outcomes: 3, budgets: 4, rules: 5, answer: 6, figures: 7, decision: 8, svg: 9, table: 10, csv: 11,
  file: 12, model: 13, map: 14, mapTable: 15, guess: 16,
} as const;
export const CHARTS = ["dots", "fan", "levels", "regions"] as const;

export const lines = (text: string): string[][] => text.split("\n").filter((l) => l !== "").map((l) => l.split("\t"));

// Lines of a name and a text; a name may come several times.
export function textsOf(text: string): Texts {
  const texts: Texts = {};
  for (const [name = "", value = ""] of lines(text)) (texts[name] ??= []).push(value);
  return texts;
}

export function leversOf(text: string): Lever[] {
  return lines(text).map((c) => ({
    key: c[0]!, kind: c[1]!, words: c[2]!, unit: c[3]!, meaning: c[4]!,
    low: +c[5]!, high: +c[6]!, step: +c[7]!, now: +c[8]!, value: +c[9]!,
    supportedLow: +c[10]!, supportedHigh: +c[11]!, reason: c[12] ?? "", assumed: c[13] === "1", names: c[14] ? c[14].split("|") : [],
  }));
}
