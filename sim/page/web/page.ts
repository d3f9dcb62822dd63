// The page: levers on the one side, the answer on the other. It writes no sentence about the model and draws nothing: both come from
// the module in the worker.
import { choicesOf, choicesSection, type Choice, type Choices } from "./choices";
import { el, png, save } from "./dom";
import { Guess } from "./guess";
import { fields } from "./levers";
import { CHARTS, type FromWorker, type Lever, type Question, type Rules, SWITCHES, TEXT, type Texts, type ToWorker } from "./protocol";
import { fragmentOf, type Known, questionOf, rulesOf, setsUsual, usual } from "./state";
import { filled, languages, type Words } from "./texts";

const block = (id: string) => document.getElementById(id)!.textContent!;
const proofs = new Map<number, string[]>();  // by coalition: hashes of the program that made the page
block("data").split("\n").filter((l) => l.startsWith("coalition ")).forEach((l, i) => proofs.set(i, (l.split(" ")[3] ?? "").split(",")));
const choices = choicesOf(block("data")), guess = new Guess();

const worker = new Worker(URL.createObjectURL(new Blob([block("worker")], { type: "text/javascript" })));
const send = (message: ToWorker) => worker.postMessage(message);
let language = navigator.language.slice(0, 2) in languages ? navigator.language.slice(0, 2) : "en";
let words: Words = languages[language]!.words;

let known: Known & { model: string; program: string };
let question: Question;
let asked = 0;  // number of the last question
let stopped = false;  // by the last question
let last: { answer: Texts; charts: string[]; maps: string[]; decision: string; whole: boolean } | undefined;
const levers: [Lever[], Lever[]] = [[], []];
const waiting = new Map<number, (text: string) => void>();
let texts = 0;

const textOf = (number: number, of = 0) => new Promise<string>((done) => {
  const id = ++texts;
  waiting.set(id, done);
  send({ kind: "text", id, number, of });
});
const at = <T extends HTMLElement>(id: string) => document.getElementById(id) as T;

function ask() {
  stopped = false;
  guess.forget();
  at("answer").setAttribute("aria-busy", "true");
  send({ kind: "ask", id: ++asked, question });
}

function move(side: 0 | 1, lever: Lever, value: number) {
  lever.value = value;
  if (value === lever.now) delete question.values[side][lever.key];
  else question.values[side][lever.key] = value;
  ask();
}

// A side's levers are again as its coalition has them.
function forget(side: 0 | 1) {
  question.values[side] = {};
  for (const lever of levers[side]) lever.value = lever.now;
}

// B as an option that was worked out says.
function setTo(of: Choices, { values }: Choice) {
  const there = question.coalition[1] === of.coalition;
  question.coalition[1] = of.coalition, question.values[1] = { ...values }, question.sameMoney = of.same;
  for (const lever of levers[1]) lever.value = values![lever.key] ?? lever.now;
  if (there) draw();
  ask();
  at("answer").focus();
}

const option = (value: string, text: string, selected: boolean) => el("option", { value, selected }, text);
const choice = (id: string, label: string, options: HTMLOptionElement[], chosen: (value: string) => void) => {
  const select = el("select", { id, change: () => { chosen(select.value); ask(); } }, ...options);
  return el("div", { class: "choice" }, el("label", { for: id }, label), select);
};

function coalitionChoice(id: string, label: string, side: 0 | 1, chosen: (place: number) => void) {
  return choice(id, label, known.coalitions.map((c, i) => option(String(i), c.name || c.file, question.coalition[side] === i)), (value) => chosen(Number(value)));
}

const about = () => known.outcomes.find((o) => o.name === question.outcome)!;

// Everything that is asked, as fields.
function controls(): HTMLElement {
  const begin = (side: 0 | 1, place: number) => {
    question.coalition[side] = place, forget(side);
    if (side === 0) question.coalition[1] = place, forget(1), question.sets = setsUsual(known, place);
    draw();
  };
  const put = (side: 0 | 1) => el("div", { class: "levers", id: `levers-${side}` }, ...fields(side, levers[side], words, (lever, value) => move(side, lever, value)));
  const several = known.coalitions.length > 1;
  const description = known.coalitions[question.coalition[0]]!.description;
  return el("section", { class: "controls", "aria-labelledby": "controls-title" },
    el("h2", { id: "controls-title" }, words.optionB),
    several ? coalitionChoice("coalition", words.coalition, 0, (place) => begin(0, place)) : "",
    description ? el("p", { class: "hint" }, description) : "",
    several ? coalitionChoice("begin-b", `B: ${words.beginFrom}`, 1, (place) => begin(1, place)) : "",
    choice("outcome", words.outcome, known.outcomes.map((o) => option(o.name, o.words, o.name === question.outcome)), (value) => { question.outcome = value, draw(); }),
    el("p", { class: "hint", lang: "en" }, about().meaning),
    tick("guess-first", words.guess, words.guessHelp, guess.on, false, (on) => { guess.on = on; }),
    choice("money", words.sameMoney, [option("", words.sameMoneyNo, question.sameMoney === ""),
      ...known.budgets.map((b) => option(b.name, filled(words.sameMoneyBy, b.words), b.name === question.sameMoney))], (value) => { question.sameMoney = value; }),
    put(1),
    el("details", { id: "change-a" }, el("summary", {}, words.changeA), put(0)),
    el("details", { id: "uncertain" }, el("summary", {}, words.uncertain), uncertain()),
    el("button", { type: "button", id: "reset", click: () => { question = usual(known), forget(0), forget(1); draw(); ask(); } }, words.reset));
}

function tick(id: string, label: string, help: string, checked: boolean, disabled: boolean, chosen: (on: boolean) => void): HTMLElement {
  const input = el("input", { type: "checkbox", id, checked, disabled, "aria-describedby": `${id}-help`, change: () => { chosen(input.checked); ask(); } });
  return el("label", { class: "hub", for: id }, input, el("span", {}, el("span", { class: "name" }, label), el("span", { class: "hint", id: `${id}-help` }, help)));
}

// What the answer takes in: chance, parameters, structures.
function uncertain(): HTMLElement {
  const box = el("div", {}, el("p", { class: "hint" }, words.chance)), moved = question.rules.some((rule) => rule >= 0);
  if (known.hasSets)
    box.append(tick("sets", words.sets, moved ? words.setsNot : words.setsHelp, question.sets && !moved, moved, (on) => { question.sets = on; }));
  box.append(tick("structures", words.structures, words.structuresHelp, question.structures, false, (on) => { question.structures = on; }));
  SWITCHES.forEach((of, i) => box.append(choice(of, words[of], [option("-1", words.rulesNow, question.rules[i]! < 0), ...rulesOf(known, of).map((r, n) => option(String(n), r.words, question.rules[i] === n))],
    (value) => { question.rules = question.rules.map((rule, n) => (n === i ? Number(value) : rule)) as Rules; draw(); })));
  const seed = el("input", { type: "number", id: "seed", min: 0, max: 999999999, step: 1, change: () => { question.seed = Math.min(999999999, Math.max(0, Math.round(Number(seed.value) || 0))); ask(); } });
  seed.value = String(question.seed);
  box.append(el("div", { class: "choice" }, el("label", { for: "seed" }, words.luck), seed));
  return box;
}

function proof(): HTMLElement {
  const said = el("p", { id: "proof", role: "status" });
  const hash = el("p", { class: "hint" }, filled(words.firstHash, proofs.get(question.coalition[0])?.[0] ?? ""));
  const button = el("button", { type: "button", id: "prove", click: () => { said.textContent = words.proving; send({ kind: "prove", coalition: question.coalition[0], replicates: proofs.get(question.coalition[0])!.length }); } }, words.prove);
  return el("section", { "aria-labelledby": "proof-title", class: "unprinted" }, el("h2", { id: "proof-title" }, words.proof), button, said, hash);
}

function taken(): HTMLElement {
  const file = (side: 0 | 1) => el("button", { type: "button", id: `file-${side}`, hidden: true, click: async () => {
    save(last?.answer[`file.${"AB"[side]}`]?.[0] ?? "option.toml", await textOf(TEXT.file, side));
  } }, side === 0 ? words.takeA : words.takeB);
  return el("section", { "aria-labelledby": "take-title", class: "unprinted" }, el("h2", { id: "take-title" }, words.take), file(0), file(1),
    el("button", { type: "button", click: () => print() }, words.print), el("p", {}, words.command), el("p", {}, el("code", { id: "command" })), el("p", { class: "hint" }, words.link));
}

// A picture with its numbers and files.
function picture(chart: number): HTMLElement {
  const name = CHARTS[chart]!, table = el("div", { class: "numbers" });
  const fill = async () => { if (details.open) table.innerHTML = await textOf(TEXT.table, chart); };
  const details = el("details", { class: "unprinted", toggle: () => void fill() }, el("summary", {}, words.table), table,
    el("button", { type: "button", click: async () => save(`coalis-${name}.csv`, await textOf(TEXT.csv, chart), "text/csv") }, words.csv),
    el("button", { type: "button", click: () => save(`coalis-${name}.svg`, last!.charts[chart]!, "image/svg+xml") }, words.svg),
    el("button", { type: "button", click: async () => save(`coalis-${name}.png`, await png(last!.charts[chart]!)) }, words.png));
  return el("figure", { id: `chart-${name}`, hidden: true }, el("h3", { class: chart === 0 ? "heard" : undefined }, words[name]), el("div", { class: "drawing", lang: "en" }), details);
}

// The answer and a picture of it, which the first screen has room for.
function answered(): HTMLElement {
  return el("section", { id: "answer", tabindex: "-1", "aria-labelledby": "answer-title" }, el("h2", { id: "answer-title" }, words.answer),
    el("p", { id: "problem", role: "alert" }),
    guess.field(words, about(), revealed),
    el("div", { id: "sentences" }, el("p", { id: "effect", class: "lead effect", lang: "en" }, words.answering), picture(0),
      el("div", { class: "rest" }, el("p", { id: "guessed", class: "guessed", lang: "en" }), el("div", { id: "rest", lang: "en" }), el("p", { id: "runs", class: "hint" }))));
}

// On a small screen the answer in short stays in sight while levers are moved; the answer itself is heard.
const sight = new IntersectionObserver(([seen]) => { at("brief").hidden = seen!.isIntersecting; });
function brief(): HTMLElement {
  const go = (event: Event) => { event.preventDefault(); at("answer").scrollIntoView(); };
  return el("a", { id: "brief", href: "#answer", hidden: true, "aria-hidden": "true", tabindex: "-1", lang: "en", click: go });
}

function draw() {
  document.documentElement.lang = language;
  const focused = document.activeElement?.id ?? "", open = [...document.querySelectorAll("details[open]")].map((d) => d.id);
  const choose = el("select", { id: "language", change: () => { language = choose.value, words = languages[language]!.words; draw(); } },
    ...Object.entries(languages).map(([code, l]) => option(code, l.name, code === language)));
  at("page").replaceChildren(
    el("a", { class: "skip", href: "#answer", click: (event) => { event.preventDefault(); at("answer").focus(); } }, words.toAnswer),
    el("header", {}, el("h1", {}, words.title), el("p", {}, words.lead)), brief(),
    el("main", {}, answered(), controls(),
      el("div", { class: "results" },
        el("p", { id: "spoken", class: "heard", role: "status", lang: "en" }),
        el("section", { "aria-labelledby": "more-title" }, el("h2", { id: "more-title" }, words.more), el("div", { id: "more", lang: "en" })),
        choicesSection(choices, question.coalition[0], words, setTo),
        el("section", { "aria-labelledby": "pictures-title" }, el("h2", { id: "pictures-title" }, words.pictures), el("div", { class: "figures" }, ...CHARTS.flatMap((_, chart) => chart === 0 ? [] : [picture(chart)]))),
        el("section", { "aria-labelledby": "full-title" }, el("h2", { id: "full-title" }, words.full), el("details", { id: "full" }, el("summary", {}, words.fullOpen), el("div", { id: "decision", lang: "en" })),
          el("button", { type: "button", id: "figures", class: "unprinted", click: async () => save("coalis-outcomes.csv", await textOf(TEXT.figures), "text/csv") }, words.figures)),
        taken(), proof())),
    el("footer", {}, el("p", {}, filled(words.foot, known.program, known.model, question.seed)), el("div", { class: "choice unprinted" }, el("label", { for: "language" }, words.language), choose)));
  for (const id of open) document.getElementById(id)?.setAttribute("open", "");
  ["A", "B"].forEach((letter, side) => {
    const served = document.getElementById(`${letter}-hubs-served`);
    served?.addEventListener("toggle", async () => { if (served.hasAttribute("open")) served.lastElementChild!.innerHTML = await textOf(TEXT.mapTable, side); });
  });
  sight.disconnect(), sight.observe(at("sentences"));
  if (last) show();
  if (focused) document.getElementById(focused)?.focus();
}

let spoken = 0;
// Heard when the levers have come to rest.
function speak(text: string) {
  clearTimeout(spoken);
  spoken = window.setTimeout(() => { at("spoken").textContent = text; }, 800);
}

function show() {
  const { answer, charts, maps, decision, whole } = last!;
  const one = (name: string) => answer[name]?.[0] ?? "";
  at("answer").setAttribute("aria-busy", String(!whole));
  at("problem").textContent = "";
  const options = ["A", "B"].flatMap((letter) => [el("dt", {}, el("span", { class: `letter ${letter}` }, letter), ` ${one(`name.${letter}`)}`), el("dd", {}, `${words.money}: ${one(`money.${letter}`)}`)]);
  const notices = (answer.notice ?? []).map((notice) => el("p", { class: "notice" }, notice));
  at("effect").textContent = at("brief").textContent = one("effect");
  void besideGuess();
  const said = (...names: string[]) => names.filter((name) => one(name)).map((name) => el("p", { class: name }, one(name)));
  at("rest").replaceChildren(...said("likelihood"), ...notices, el("dl", { id: "options" }, ...options));
  at("more").replaceChildren(...said("cost", "when", "uncertainty", "structures", "evidence", "definition"));
  maps.forEach((svg, side) => {
    const letter = "AB"[side]!, map = document.getElementById(`${letter}-hubs-map`);
    if (map) map.innerHTML = svg;
    const served = document.getElementById(`${letter}-hubs-served`);
    if (served?.hasAttribute("open")) served.dispatchEvent(new Event("toggle"));
  });
  at("runs").textContent = whole ? filled(words.done, one("replicates"), one("months")) : filled(words.sofar, one("replicates"), question.replicates);
  charts.forEach((svg, chart) => {
    const figure = at(`chart-${CHARTS[chart]!}`);
    figure.hidden = svg === "";
    figure.querySelector(".drawing")!.innerHTML = svg;
    const details = figure.querySelector("details")!;
    if (whole && details.open) details.dispatchEvent(new Event("toggle"));
  });
  for (const [side, letter] of ["A", "B"].entries()) at(`file-${side}`).hidden = one(`changed.${letter}`) === "";
  at("command").textContent = one("command");
  if (!whole) return;
  at("decision").innerHTML = decision;
}

const inShort = (answer: Texts) => `${answer["effect"]?.[0] ?? ""} ${answer["likelihood"]?.[0] ?? ""}`;

// What was guessed, and how far the answer is from it.
async function besideGuess(): Promise<string> {
  const { value } = guess;
  const said = value === undefined ? "" : await new Promise<string>((done) => {
    waiting.set(++texts, done);
    send({ kind: "guess", id: texts, value });
  });
  if (guess.value === value) at("guessed").textContent = said;
  return said;
}
async function revealed() {
  at("answer").focus();
  const said = await besideGuess();
  if (last && at("answer").getAttribute("aria-busy") !== "true") speak(`${said} ${inShort(last.answer)}`);
}

function keep({ answer }: { answer: Texts }) {
  if (!guess.hides) speak(inShort(answer));
  const fragment = fragmentOf(question, known);
  if (fragment !== location.hash) history.replaceState(null, "", fragment || "#");
}

// What has been answered, for tests and print.
const mark = (name: string, value: string) => document.documentElement.setAttribute(`data-${name}`, value);

worker.onmessage = ({ data: message }: MessageEvent<FromWorker>) => {
  switch (message.kind) {
    case "ready":
      if (known) {  // begun again
        if (!stopped) ask();
        return;
      }
      known = message;
      question = questionOf(location.hash, known);
      draw();
      ask();
      break;
    case "levers":
      levers[message.side as 0 | 1] = message.levers;
      question.values[message.side as 0 | 1] = Object.fromEntries(message.levers.filter((l) => l.value !== l.now).map((l) => [l.key, l.value]));
      draw();
      break;
    case "answer":
      if (message.id !== asked) return;
      last = message;
      show();
      if (message.whole) keep(message);
      if (!document.documentElement.dataset["pictured"]) mark("pictured", String(Math.round(performance.now())));
      mark("answered", `${message.id} ${message.whole ? "whole" : "first"} ${Math.round(message.ms)}`);
      break;
    case "problem":
      if (message.id !== asked) return;
      at("problem").textContent = message.text;
      at("answer").setAttribute("aria-busy", "false");
      mark("answered", `${message.id} problem 0`);
      break;
    case "text":
      waiting.get(message.id)?.(message.text);
      waiting.delete(message.id);
      break;
    case "proof": {
      const right = proofs.get(message.coalition)!;
      const other = message.hashes.filter((hash, i) => hash !== right[i]).length + Math.max(0, right.length - message.hashes.length);
      at("proof").textContent = other === 0 ? filled(words.proved, right.length) : filled(words.disproved, other, right.length);
      break;
    }
    case "broken":
      stopped = true;
      if (known) at("problem").textContent = filled(words.broken, message.text), at("answer").setAttribute("aria-busy", "false"), mark("answered", `${asked} problem 0`);
      else at("page").replaceChildren(el("p", { role: "alert" }, message.text));
  }
};
addEventListener("hashchange", () => {
  if (!known || location.hash === fragmentOf(question, known)) return;
  question = questionOf(location.hash, known);
  levers[0] = levers[1] = [];
  send({ kind: "start", module: block("module"), data: block("data") });
});
addEventListener("beforeprint", () => { at<HTMLDetailsElement>("full").open = true; });
send({ kind: "start", module: block("module"), data: block("data") });
