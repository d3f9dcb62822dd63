// The levers of an option as fields.
import { el } from "./dom";
import type { Lever } from "./protocol";
import { filled, type Words } from "./texts";

const groups = ["staff", "hub", "events", "remote", "lever", "from"] as const;
const number = (value: number) => String(Math.round(value * 1000) / 1000);

function valueText(lever: Lever, value: number): string {
  return lever.names.length > 0 ? lever.names[value] ?? "" : number(value) + (lever.unit ? ` ${lever.unit}` : "");
}

// A slider; below it what is now and what evidence speaks for.
function slider(id: string, lever: Lever, words: Words, moved: (value: number) => void): HTMLElement {
  const said = el("output", { for: id });
  const hint = el("p", { id: `${id}-hint`, class: "hint" });
  const input = el("input", {
    type: "range", id, min: lever.low, max: lever.high, step: lever.step, "aria-describedby": hint.id,
    input: () => { show(); moved(Number(input.value)); },
  });
  input.value = String(lever.value);
  if (Number(input.value) !== lever.value) input.step = "any", input.value = String(lever.value);
  const share = (value: number) => `${(100 * (value - lever.low)) / (lever.high - lever.low || 1)}%`;
  const [name = "", meaning = ""] = words.levers[lever.key] ?? words.levers[lever.kind] ?? [];
  const box = el("div", { class: "lever" }, el("label", { for: id, lang: name ? undefined : "en" }, name || lever.words), said, el("div", { class: "track" }, input), hint);
  for (const [name, value] of [["--now", lever.now], ["--from", lever.supportedLow], ["--to", Math.min(lever.high, lever.supportedHigh)]] as const)
    box.style.setProperty(name, share(value));
  box.classList.toggle("unmarked", lever.reason === ""), box.classList.toggle("assumed", lever.assumed);
  const show = () => {
    const value = Number(input.value);
    said.value = valueText(lever, value);
    input.setAttribute("aria-valuetext", said.value);
    const supported = lever.reason && (value < lever.supportedLow || value > lever.supportedHigh);
    box.classList.toggle("outside", !!supported), box.classList.toggle("changed", value !== lever.now);
    const [range, outside] = lever.assumed ? [words.assumed, words.outsideAssumed] : [words.supported, words.outside];
    hint.replaceChildren(meaning || el("span", { lang: "en" }, lever.meaning), ` ${filled(words.now, valueText(lever, lever.now))}`, ...(lever.reason
      ? [el("br"), supported ? el("strong", {}, outside) : "", supported ? " " : "", filled(range, number(lever.supportedLow), valueText(lever, lever.supportedHigh)), " ", el("span", { lang: "en" }, `(${lever.reason})`), "."]
      : []));
  };
  show();
  return box;
}

function hubs(id: string, levers: Lever[], legend: string, words: Words, moved: (lever: Lever, value: number) => void): HTMLElement {
  const map = el("div", { class: "map", id: `${id}-map`, lang: "en", title: words.map, click: (event) => {
    const region = (event.target as Element).closest<SVGElement>("[data-region]")?.dataset["region"];
    if (region) document.getElementById(`${id}-${region}`)?.click();
  } });
  const box = el("fieldset", { class: "hubs", "aria-describedby": `${id}-help` }, el("legend", {}, legend), el("p", { class: "hint", id: `${id}-help` }, words.hubsHelp), map);
  levers.forEach((lever, i) => {
    const input = el("input", { type: "checkbox", id: `${id}-${i}`, checked: lever.value !== 0, change: () => moved(lever, input.checked ? 1 : 0) });
    box.append(el("label", { class: "hub", for: `${id}-${i}` }, input, el("span", {}, el("span", { class: "name" }, lever.words), el("span", { class: "hint" }, lever.meaning))));
  });
  box.append(el("details", { id: `${id}-served` }, el("summary", {}, words.mapTable), el("div", { lang: "en" })));
  return box;
}

export function fields(side: 0 | 1, levers: Lever[], words: Words, moved: (lever: Lever, value: number) => void): HTMLElement[] {
  const letter = "AB"[side]!;
  return groups.flatMap((group) => {
    const of = levers.filter((l) => l.kind === group);
    if (of.length === 0) return [];
    if (group === "hub") return [hubs(`${letter}-hubs`, of, side === 1 ? words.hubs : filled(words.hubsOf, letter), words, moved)];
    const sliders = of.map((l) => slider(`${letter}-${levers.indexOf(l)}`, l, words, (value) => moved(l, value)));
    return [el("fieldset", {}, el("legend", {}, words[group]), ...sliders)];
  });
}
