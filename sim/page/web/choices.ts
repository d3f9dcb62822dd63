// Options that were worked out when the page was made: what money buys, the options of a study. Each sets B's levers.
import { el } from "./dom";
import type { Words } from "./texts";

export interface Choice { number: string; name: string; words: string; values: Record<string, number> | undefined }
export interface Choices { coalition: number; title: string; same: string; svg: string; sentences: string[]; list: Choice[] }

// Lines "choices COALITION TEXT" of the page's data; the text's are as sim/report/pages/explorer_page.cpp writes them.
export function choicesOf(data: string): Choices[] {
  return data.split("\n").filter((line) => line.startsWith("choices ")).map((line) => {
    const [, coalition = "", ...rest] = line.split(" ");
    const found: Choices = { coalition: Number(coalition), title: "", same: "", svg: "", sentences: [], list: [] };
    for (const [kind, first = "", name = "", words = "", can = "", ...levers] of decodeURIComponent(rest.join(" ")).split("\n").map((l) => l.split("\t"))) {
      if (kind === "title" || kind === "same" || kind === "svg") found[kind] = first;
      else if (kind === "sentence") found.sentences.push(first);
      else if (kind === "option") found.list.push({ number: first, name, words, values: can === "can" ? valuesOf(levers) : undefined });
    }
    return found;
  });
}
const valuesOf = (levers: string[]) => Object.fromEntries(levers.map((text) => {
  const at = text.lastIndexOf("=");
  return [text.slice(0, at), Number(text.slice(at + 1))];
}));

function option(id: string, choice: Choice, words: Words, set: () => void): HTMLElement {
  return el("li", {},
    el("p", { lang: "en" }, el("strong", { id }, `${choice.number}. ${choice.name}`), choice.words ? el("br") : "", choice.words),
    choice.values ? el("button", { type: "button", id: `${id}-set`, class: "unprinted", "aria-describedby": id, click: set }, words.choose) : el("p", { class: "hint" }, words.chooseNot));
}

// "" where nothing was worked out for the coalition.
export function choicesSection(all: Choices[], coalition: number, words: Words, set: (choices: Choices, choice: Choice) => void): HTMLElement | "" {
  const of = all.filter((c) => c.coalition === coalition);
  if (of.length === 0) return "";
  return el("section", { id: "choices", class: "unprinted", "aria-labelledby": "choices-title" }, el("h2", { id: "choices-title" }, words.choices), el("p", { class: "hint" }, words.choicesHelp),
    ...of.flatMap((choices, place) => {
      const drawing = el("div", { class: "drawing", lang: "en" });
      drawing.innerHTML = choices.svg;
      const [lead = "", ...rest] = choices.sentences, said = (sentences: string[]) => sentences.map((sentence) => el("p", {}, sentence));
      return [el("h3", { lang: "en" }, choices.title), el("div", { lang: "en" }, ...said(lead ? [lead] : [])),
        rest.length > 0 ? el("details", { id: `choices-more-${place}` }, el("summary", {}, words.choicesMore), el("div", { lang: "en" }, ...said(rest))) : "",
        el("div", { class: "figures" }, choices.svg ? el("figure", {}, drawing) : "",
          el("ol", { class: "choices" }, ...choices.list.map((choice) => option(`choice-${place}-${choice.number}`, choice, words, () => set(choices, choice)))))];
    }));
}
