// What is asked, in the part of the address behind '#': versioned, and nothing in it is believed.
import { type Coalition, type Named, type Question, type Rule, type Rules, SWITCHES } from "./protocol";

const version = 1;
export interface Known { coalitions: Coalition[]; outcomes: Named[]; budgets: Named[]; rules: Rule[]; hasSets: boolean }

// Sets that were given with a coalition are in its answer at first: those of the page's only one, and those fitted to it.
export const setsUsual = (known: Known, coalition: number): boolean => known.hasSets && (known.coalitions.length === 1 || !!known.coalitions[coalition]?.setsFit);
export const rulesOf = (known: Known, of: string): Rule[] => known.rules.filter((r) => r.of === of);

export const usual = (known: Known): Question => ({
  coalition: [0, 0], values: [{}, {}], outcome: "engaged", sameMoney: "", rules: [-1, -1, -1], sets: setsUsual(known, 0), structures: false,
  seed: 1, replicates: 200,
});

// Older addresses as those of today: one step a version, here and nowhere else.
function migrated(fields: URLSearchParams): URLSearchParams | undefined {
  return fields.get("v") === String(version) ? fields : undefined;
}

const whole = (text: string | null, low: number, high: number, otherwise: number) =>
  text !== null && /^\d{1,9}$/.test(text) ? Math.min(high, Math.max(low, Number(text))) : otherwise;
const oneOf = (text: string | null, names: string[], otherwise: string) => (text !== null && names.includes(text) ? text : otherwise);

export function questionOf(fragment: string, known: Known): Question {
  const q = usual(known);
  const fields = migrated(new URLSearchParams(fragment.replace(/^#/, "")));
  if (!fields) return q;
  const files = known.coalitions.map((c) => c.file);
  const side = (name: string) => Math.max(0, files.indexOf(fields.get(name) ?? ""));
  q.coalition = [side("A"), fields.has("B") ? side("B") : side("A")];
  q.sets = setsUsual(known, q.coalition[0]);
  for (const [key, text] of fields) {
    const at = key.startsWith("A.") ? 0 : key.startsWith("B.") ? 1 : undefined;
    const value = Number(text);
    if (at !== undefined && text !== "" && Number.isFinite(value)) q.values[at][key.slice(2)] = value;  // the module clamps it
  }
  q.outcome = oneOf(fields.get("on"), known.outcomes.map((o) => o.name), q.outcome);
  q.sameMoney = oneOf(fields.get("same"), known.budgets.map((b) => b.name), "");
  const rules = (fields.get("rules") ?? "").split(".");
  q.rules = SWITCHES.map((of) => rulesOf(known, of).findIndex((r) => rules.includes(r.name))) as Rules;
  q.structures = fields.get("structures") === "1";
  if (fields.has("sets")) q.sets = known.hasSets && fields.get("sets") === "1";
  q.seed = whole(fields.get("seed"), 0, 999999999, 1);
  return q;
}

export function fragmentOf(q: Question, known: Known): string {
  const fields = new URLSearchParams({ v: String(version) });
  const file = (side: 0 | 1) => known.coalitions[q.coalition[side]]!.file;
  if (q.coalition[0] !== 0) fields.set("A", file(0));
  if (q.coalition[1] !== q.coalition[0]) fields.set("B", file(1));
  for (const side of [0, 1] as const)
    for (const [key, value] of Object.entries(q.values[side])) fields.set(`${"AB"[side]}.${key}`, String(value));
  if (q.outcome !== "engaged") fields.set("on", q.outcome);
  if (q.sameMoney) fields.set("same", q.sameMoney);
  const rules = SWITCHES.flatMap((of, i) => rulesOf(known, of)[q.rules[i]!]?.name ?? []);
  if (rules.length > 0) fields.set("rules", rules.join("."));
  if (q.structures) fields.set("structures", "1");
  if (q.sets !== setsUsual(known, q.coalition[0])) fields.set("sets", q.sets ? "1" : "0");
  if (q.seed !== 1) fields.set("seed", String(q.seed));
  const text = fields.toString();
  return text === `v=${version}` ? "" : `#${text}`;
}
