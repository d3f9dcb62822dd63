// Checks the policy explorer in Chromium and, where it is, in Firefox: opened from a file, it asks for nothing; what is moved gives the
// figures of `coalis compare`; links, downloads, keyboard, small screens, accessibility; the module has the program's bits.
//   node explorer.mjs PAGE PROGRAM SCENARIOS MODULE HASHES DRAWN FOLDER [PICTURES]
// SCENARIOS: the folder of the page's scenarios; MODULE: sim/page/web/module.ts bundled as `coalis`; HASHES, FOLDER: as tests/bits/wasm/page.mjs;
// DRAWN: what tests/bits/explorer_charts prints of FOLDER
import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import AxeBuilder from "@axe-core/playwright";
import { chromium } from "playwright-core";
import puppeteer from "puppeteer-core";
import { shown } from "../bits/wasm/shown.mjs";

const [file, program, scenarios, moduleFile, hashFile, drawnFile, packed, pictures] = process.argv.slice(2);
const url = pathToFileURL(resolve(file)).href;
const folder = mkdtempSync(join(tmpdir(), "explorer-"));
for (const name of readdirSync(scenarios)) if (name.endsWith(".toml")) copyFileSync(join(scenarios, name), join(folder, name));
const flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const executablePath = ["/usr/bin/chromium", "/usr/bin/chromium-browser"].find(existsSync);
const firefoxPath = ["/usr/bin/firefox-esr", "/usr/bin/firefox"].find(existsSync);

let failures = 0;
const expect = (holds, what) => {
  if (!holds) failures += 1;
  console.log(`${holds ? "ok    " : "FAILED"} explorer: ${what}`);
};

// In the page: waits for the whole answer to the newest question.
const whole = () => new Promise((done) => {
  const look = () => /whole|problem/.test(document.documentElement.dataset.answered ?? "") && done(performance.now());
  new MutationObserver(look).observe(document.documentElement, { attributes: true });
  look();
});
// Waits for the proof's sentence. (The page allows no text to be run as code, which waitForFunction does.)
const proven = () => new Promise((done) => {
  const timer = setInterval(() => { if (/runs have/.test(document.getElementById("proof").textContent)) clearInterval(timer), done(); }, 20);
});
const again = () => { delete document.documentElement.dataset.answered; };
const sentence = (name) => document.querySelector(`main .${name}`)?.textContent ?? "";

async function open(context, address) {
  const page = await context.newPage();
  const seen = { requests: [], console: [] };
  page.on("request", (r) => seen.requests.push(r.url()));
  page.on("console", (m) => seen.console.push(m.text()));
  page.on("pageerror", (e) => seen.console.push(String(e)));
  await page.goto(address);
  const first = await page.evaluate(whole);
  return { page, seen, first };
}

async function move(page, values) {
  for (const [label, value] of Object.entries(values)) {
    await page.evaluate(again);
    await page.getByRole("slider", { name: label, exact: true }).first().fill(String(value));
    await page.evaluate(whole);
  }
}

const read = (page, names) => page.evaluate((all) => all.map((name) => document.querySelector(`main .${name}`)?.textContent ?? ""), names);
async function download(page, act) {
  const [saved] = await Promise.all([page.waitForEvent("download"), act()]);
  const path = join(folder, saved.suggestedFilename());
  await saved.saveAs(path);
  return path;
}

async function choose(page, id, value) {
  await page.evaluate(again);
  await page.locator(`#${id}`).selectOption(value);
  await page.evaluate(whole);
}

async function checkFigures(page) {
  await move(page, { "Paid coordination": 0.8, "Meetings": 6, "Information": 1.5, "Online access": 0.5, "From afar: meetings": 0.4 });
  await sameAsCommand(page, "five levers");
  await choose(page, "money", "fte");
  await sameAsCommand(page, "the same money");
  await choose(page, "money", "");
}

// The figures and sentences that the page shows are those of the command that it names.
async function sameAsCommand(page, what) {
  const option = await download(page, () => page.locator("#file-1").click());
  const command = await page.locator("#command").textContent();
  const options = command.replace(/^coalis compare \S+ \S+ /, "").split(" ").map((o) => (o === "'mixture.csv'" ? join(resolve(scenarios), "posterior/mixture.csv") : o));
  const json = JSON.parse(execFileSync(program, ["compare", join(folder, "illinois.toml"), option, ...options, "--quiet", "--json"], { encoding: "utf8" }));
  const right = json.differences.B;
  const said = (await read(page, ["effect", "likelihood", "uncertainty", "evidence", "cost"])).join(" ");
  expect(said === right.engaged.sentences, `${what}: the sentences of coalis compare${said === right.engaged.sentences ? "" : `: ${said}\n  not ${right.engaged.sentences}`}`);
  const rows = readFileSync(await download(page, () => page.locator("#figures").click()), "utf8").trim().split("\n").slice(1).map((l) => l.split(","));
  const wrong = rows.filter(([name, difference, se, a, b]) => {
    const d = right[name];
    const same = (text, value) => (text === "" ? value === null : Number(text) === value);
    return d && !(same(difference, d.difference) && same(se, d.se) && same(a, d.reference.mean) && same(b, d.scenario.mean));
  });
  expect(wrong.length === 0 && rows.length > 25 && rows.some(([name]) => right[name]), `${what}: ${rows.length} outcomes have the figures of coalis compare, digit for digit ${wrong.join(" ")}`);
}

// What cannot be asked is said, and the page goes on.
async function checkProblems(page) {
  await move(page, { "Paid coordination": 2 });
  await choose(page, "money", "information");
  const said = await page.locator("#problem").textContent();
  expect(said.startsWith("B cannot have the budget of ") && !/stopped|--/.test(said), `what cannot be met is said: ${said}`);
  await choose(page, "money", "");
  await move(page, { "Paid coordination": 0.8 });
  expect((await page.locator("#problem").textContent()) === "" && (await read(page, ["effect"]))[0].startsWith("After "), "and the page goes on");
}

async function checkStructures(page) {
  await page.locator("#uncertain > summary").click();
  await page.evaluate(again);
  await page.locator("#structures").check();
  await page.evaluate(whole);
  const [said] = await read(page, ["structures"]), table = await page.locator("#decision table").count();
  expect(said.startsWith("Other structures of the model: of 2, ") && table === 2, `other structures are run and said: ${said}`);
  expect((await page.evaluate(() => location.hash)).includes("structures=1"), "and in the address");
  await page.evaluate(again);
  await page.locator("#structures").uncheck();
  await page.evaluate(whole);
  await choose(page, "engagement", "1");
  expect((await page.locator("#sets").isDisabled()) && (await page.evaluate(() => location.hash)).includes("rules=trait"), "another rule of commitment is without the sets");
  await choose(page, "engagement", "-1");
  expect(await page.locator("#sets").isChecked(), "sets that were given are in the answer at first");
}

// For those who never see a file: no option, no key outside of what is taken along.
async function checkWords(page) {
  await move(page, { "Paid coordination": 3, "Information": 4 });
  await page.locator("#full > summary").click();
  const said = await page.evaluate(() => document.getElementById("answer").innerText + document.getElementById("decision").innerText);
  const keys = said.match(/(^|\s)--\w+|coalis [a-z]+|\b(hubs|levers|series|structure|parameters)\.\w+/g) ?? [];
  expect(said.length > 1500 && keys.length === 0, `the answer, ${said.length} characters, is in words ${keys.join(" ")}`);
  await page.locator("#full > summary").click();
  await page.evaluate(again);
  await page.locator("#reset").click();
  await page.evaluate(whole);
  const back = await page.getByRole("slider", { name: "Paid coordination", exact: true }).first().inputValue();
  expect(back === "0.35" && (await page.evaluate(() => location.hash)) === "", `everything can be put back (${back})`);
}

async function checkHubs(page) {
  await page.evaluate(again);
  await page.locator("#B-hubs-map [data-region='5'] text").first().click();
  await page.evaluate(whole);
  expect(await page.locator("#B-hubs-5").isChecked(), "a region of the picture takes a hub");
  expect((await page.locator("#B-hubs-map svg").getAttribute("aria-label")).includes("South: has a hub."), "and the picture says so");
  await page.locator("#B-hubs-served > summary").click();
  await page.waitForTimeout(300);
  expect((await page.locator("#B-hubs-served tbody tr").count()) === 6, "who serves each region is a table, too");
  await page.locator("#B-hubs-5").focus();
  await page.evaluate(again);
  await page.keyboard.press("Space");
  await page.evaluate(whole);
  expect(!(await page.locator("#B-hubs-5").isChecked()), "by the keyboard it goes again");
}

// The answer is hidden until somebody has guessed it, by the keyboard alone; then the guess stands beside it.
async function checkGuess(page) {
  const seen = () => page.evaluate(() => ["sentences", "more-title", "brief"].some((id) => document.getElementById(id).checkVisibility()));
  await page.locator("#guess-first").focus();
  await page.evaluate(again);
  await page.keyboard.press("Space");
  await page.evaluate(whole);
  await move(page, { "Paid coordination": 1 });
  expect(!(await seen()) && (await page.evaluate(() => location.hash)) === "#v=1&B.staff=1", "with a guess to come the answer is hidden, and the address says nothing of it");
  await page.locator("#guess").focus();
  await page.keyboard.type("-7");
  await page.keyboard.press("Enter");
  await page.locator("#guessed:not(:empty)").waitFor();
  const said = await page.locator("#guessed").textContent();
  expect(/^You guessed 7 in 100 fewer\. The model says \d+ in 100 (more|fewer) on average; 8 in 10 runs lie from .+ to .+\. Your guess is (among|outside of) them\.$/.test(said), `a guess stands beside the answer: ${said}`);
  expect((await seen()) && (await page.evaluate(() => document.activeElement.id)) === "answer", "which has the focus then");
  await page.waitForTimeout(1300);
  expect((await page.locator("#spoken").textContent()).startsWith("You guessed "), "and is heard");
  await move(page, { "Paid coordination": 0.8 });
  expect(!(await seen()), "another question takes another guess");
  await page.evaluate(again);
  await page.locator("#guess-first").uncheck();
  await page.evaluate(whole);
  expect(await seen(), "without guessing the answer is there");
}

// What was worked out: a button sets B to it, and the page plans to spend what the option says.
async function checkChoices(page) {
  const list = page.locator("#choices li"), buttons = page.locator("#choices button");
  expect((await page.locator("#choices svg").count()) === 1 && (await list.count()) > 1 && (await buttons.count()) > 1, `what money buys: ${await list.count()} options, ${await buttons.count()} of which levers can express`);
  const item = list.filter({ has: page.locator("button") }).last();
  const cost = (await item.textContent()).match(/([\d,]+) USD a year as planned/)[1];
  await page.evaluate(again);
  await item.locator("button").focus();
  await page.keyboard.press("Enter");
  await page.evaluate(whole);
  const planned = await page.locator("#options dd").last().textContent();
  expect(planned.includes(`: ${cost} USD a year`) && (await page.evaluate(() => location.hash)).includes("B."), `a button sets B to an option: ${planned}, ${cost}`);
  await page.evaluate(again);
  await page.locator("#reset").click();
  await page.evaluate(whole);
}

// The answer and a picture of it on the first screen; on a small one the answer stays while levers are moved.
async function checkFirstScreen(page) {
  await move(page, { "Paid coordination": 0.8 });
  for (const [width, height] of [[390, 844], [1280, 800]]) {
    await page.setViewportSize({ width, height });
    await page.evaluate(() => scrollTo(0, 0));
    const ends = await page.evaluate(() => ["#effect", "#chart-dots svg"].map((s) => document.querySelector(s).getBoundingClientRect().bottom));
    expect(Math.max(...ends) <= height, `the answer and a picture are on the first screen of ${width} x ${height} (${ends.map(Math.round).join(" and ")})`);
  }
  await page.setViewportSize({ width: 390, height: 844 });
  await page.evaluate(() => document.querySelector("input[type=range]").scrollIntoView({ block: "start", behavior: "instant" }));
  await page.waitForTimeout(300);
  const shown = await page.evaluate(() => { const b = document.getElementById("brief"); return [b.checkVisibility(), b.getBoundingClientRect().height, b.textContent === document.getElementById("effect").textContent]; });
  expect(shown[0] && shown[2] && shown[1] < 180, `beside the levers the answer stays in sight (${Math.round(shown[1])} px)`);
  await page.setViewportSize({ width: 320, height: 256 });
  await page.waitForTimeout(300);
  expect(!(await page.locator("#brief").isVisible()), "but not at 400 %, where it would cover them");
  await page.setViewportSize({ width: 1280, height: 800 });
}

async function checkLanguages(page) {
  for (const [code, begins] of [["es", "¿Y si"], ["de", "Was wäre"], ["en", "What if"]]) {
    await page.locator("#language").selectOption(code);
    expect((await page.locator("h1").textContent()).startsWith(begins) && (await page.evaluate(() => document.documentElement.lang)) === code, `the page speaks ${code}`);
    // What is assumed is nowhere called evidence, no key is shown, and levers have the language's names but for those of events.
    const hints = await page.locator(".lever .hint").allTextContents(), english = await page.locator(".lever label[lang=en]").count();
    const wrong = hints.filter((hint) => /(speaks for|sprechen für|Hay indicios).*no (study|figure)|_|undefined|[{}]|\(\)/.test(hint));
    expect(hints.length > 25 && wrong.length === 0, `${code}: ${hints.length} levers say what they are ${wrong.join(" | ")}`);
    expect(code === "en" ? english === hints.length : english > 0 && english <= 16, `${code}: ${english} of ${hints.length} levers are named in English`);
  }
}

async function checkDownloads(page) {
  const chart = page.locator("#chart-dots");
  await chart.locator("summary").click();
  const csv = readFileSync(await download(page, () => chart.getByRole("button", { name: "CSV" }).click()), "utf8");
  expect(csv.split("\n").length === 202, `a table of ${csv.split("\n").length - 2} runs`);
  const svg = readFileSync(await download(page, () => chart.getByRole("button", { name: "SVG" }).click()), "utf8");
  expect(svg.startsWith("<svg") && svg.includes("<title") && svg.includes("Source:"), "a picture with its title and source");
  const png = readFileSync(await download(page, () => chart.getByRole("button", { name: "PNG" }).click()));
  expect(png.subarray(1, 4).toString() === "PNG" && png.readUInt32BE(16) >= 1000, `a picture of ${png.readUInt32BE(16)} pixels`);
  expect((await chart.locator("table").count()) === 1, "a table below the picture");
}

async function checkLinks(context, page) {
  const address = page.url(), before = await read(page, ["effect", "likelihood", "cost"]);
  expect(address.includes("#v=1&B.staff=0.8"), `the address has what was moved: ${address.replace(/^.*#/, "#")}`);
  const other = await open(context, address);
  const after = await read(other.page, ["effect", "likelihood", "cost"]);
  expect(before.join() === after.join(), "a link gives the same answer");
  expect((await other.page.getByRole("slider", { name: "Paid coordination", exact: true }).first().inputValue()) === "0.8", "and the same levers");
  await other.page.close();
  const odd = await open(context, `${url}#v=1&B.staff=1e99&A.staff=NaN&B.nothing=1&A=../etc&on=<b>&same=x&rules=9&seed=-7&B.from=3.7`);
  expect((await odd.page.getByRole("slider", { name: "Paid coordination", exact: true }).first().inputValue()) === "3" && odd.seen.console.length === 0, "what no link can say is clamped or passed over");
  await odd.page.close();
  const old = await open(context, `${url}#v=999&B.staff=1`);
  expect((await old.page.getByRole("slider", { name: "Paid coordination", exact: true }).first().inputValue()) === "0.35", "a link of another version is the coalition as it is");
  await old.page.close();
}

async function checkKeyboard(page) {
  await page.locator("body").click({ position: { x: 1, y: 1 } });
  const slider = page.getByRole("slider", { name: "Paid coordination", exact: true }).first();
  await slider.focus();
  await page.evaluate(again);
  await page.keyboard.press("ArrowRight");
  await page.evaluate(whole);
  const focused = await page.evaluate(() => document.activeElement?.getAttribute("type"));
  expect((await slider.inputValue()) === "0.85" && focused === "range", "a lever moves by the keyboard and keeps the focus");
  await page.evaluate(() => { document.activeElement.blur(); scrollTo(0, 0); });
  let reached = 0, hidden = 0;
  for (let i = 0; i < 90; ++i) {
    await page.keyboard.press("Tab");
    const box = await page.evaluate(() => document.activeElement === document.body ? null : document.activeElement.getBoundingClientRect().width);
    if (box === null) break;
    reached += 1, hidden += box === 0;
  }
  expect(reached > 25 && hidden === 0, `${reached} stops by the keyboard, ${hidden} of them unseen`);
}

// axe-core takes seconds on this page: at the narrowest and the widest, and once where colours are forced.
async function checkAccess(page, looked = [320, 1280]) {
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  await page.evaluate(() => document.querySelectorAll("details").forEach((d) => { d.open = true; }));
  for (const width of [320, 390, 1280]) {
    await page.setViewportSize({ width, height: 800 });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(wide <= width, `no horizontal scroll at ${width} px (${wide} px wide)`);
    if (!looked.includes(width)) continue;
    const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze();
    for (const v of violations) console.log(`  ${v.id}: ${v.help}\n    ${v.nodes.slice(0, 3).map((n) => n.html.slice(0, 200)).join("\n    ")}`);
    expect(violations.length === 0, `no accessibility violation at ${width} px`);
  }
  await page.evaluate(() => document.querySelectorAll("details").forEach((d) => { d.open = false; }));
}

async function checkProof(page) {
  await page.locator("#prove").click();
  await page.evaluate(proven);
  expect((await page.locator("#proof").textContent()).startsWith("All 50 runs"), "50 runs have the bits that the program put into the page");
}

async function measure(page, first) {
  console.log(`       explorer: first picture ${await page.evaluate(() => document.documentElement.dataset.pictured)} ms after the page was opened`);
  console.log(`       explorer: first whole answer after ${first.toFixed(0)} ms; page ${readFileSync(file).length} bytes`);
  const times = await page.evaluate(async (moves) => {
    const slider = document.querySelector("input[type=range]"), root = document.documentElement;
    const result = { first: [], whole: [] };
    for (let i = 0; i < moves; ++i) {
      const since = performance.now();
      delete root.dataset.answered;
      slider.value = 0.4 + i / moves;
      slider.dispatchEvent(new Event("input"));
      await new Promise((done) => {
        let seen = false;
        const observer = new MutationObserver(() => {
          if (/first/.test(root.dataset.answered ?? "") && !seen) seen = true, result.first.push(performance.now() - since);
          if (/whole/.test(root.dataset.answered ?? "")) result.whole.push(performance.now() - since), observer.disconnect(), done();
        });
        observer.observe(root, { attributes: true });
      });
    }
    return result;
  }, pictures ? 20 : 5);  // times are looked at by people, who ask for pictures, too
  for (const [name, list] of Object.entries(times)) {
    list.sort((a, b) => a - b);
    console.log(`       explorer: input to ${name === "first" ? "the first picture (25 pairs)" : "the whole answer (200)"}: ${list[list.length >> 1].toFixed(0)} ms in the median, ${list[Math.floor(list.length * 0.95)].toFixed(0)} in 95 %`);
  }
}

// The module in a browser: every hash, and pictures.
const moduleText = readFileSync(moduleFile, "utf8");
async function runsIn(page, bytes) {
  const files = readdirSync(packed).filter((f) => f.endsWith(".scenario")).sort();
  const given = files.map((name) => [name, readFileSync(join(packed, name)).toString("base64")]);
  await page.evaluate(moduleText.replace(/^(var|let|const) coalis ?=/m, "globalThis.coalis ="));
  await page.evaluate(`globalThis.shown = ${shown}`);
  return page.evaluate(async ([module, list]) => {
    const { Engine, bytesOf, compiled } = globalThis.coalis;
    const engine = await Engine.of(await compiled(module));
    const hashes = list.flatMap(([name, base64], i) => {
      const packed = bytesOf(base64), head = new TextEncoder().encode(`${name}\n`), all = new Uint8Array(head.length + packed.length);
      all.set(head), all.set(packed, head.length);
      engine.give(all), engine.calls.add_coalition();
      return engine.hashes(i, 200);
    });
    return { hashes, drawn: globalThis.shown(engine, list.length) };
  }, [bytes, given]);
}
const rightHashes = readFileSync(hashFile, "utf8").split("\n").filter((l) => l.startsWith("alone ")).map((l) => l.split(" ")[2]);
const rightDrawn = readFileSync(drawnFile, "utf8");
function checkRuns(browser, { hashes, drawn }) {
  expect(rightHashes.length > 0 && hashes.join() === rightHashes.join(), `${browser}: ${hashes.length} runs have the bits of the optimised program`);
  const count = drawn.split("<svg").length - 1;
  expect(count >= 5 && drawn === rightDrawn, `${browser}: ${count} pictures, their tables and sentences have its bytes`);
}
const moduleText85 = readFileSync(file, "utf8").match(/id="module">(.+?)<\/script>/)[1];

async function inChromium() {
  const browser = await chromium.launch({ executablePath, args: flags });
  const context = await browser.newContext({ acceptDownloads: true, locale: "en-US" });
  const { page, seen, first } = await open(context, url);
  const fetched = seen.requests.filter((r) => !r.startsWith("blob:"));
  expect(fetched.length === 1 && fetched[0] === url, `it asks for nothing (${fetched.length} requests)`);
  await measure(page, first);
  await page.locator("#reset").click();
  await checkFigures(page);
  await checkProblems(page);
  await checkStructures(page);
  await checkDownloads(page);
  await checkLinks(context, page);
  await checkKeyboard(page);
  await checkProof(page);
  await checkWords(page);
  await checkHubs(page);
  await checkGuess(page);
  await checkChoices(page);
  await checkFirstScreen(page);
  await checkLanguages(page);
  await checkAccess(page);
  await page.emulateMedia({ forcedColors: "active", reducedMotion: "reduce" });
  await checkAccess(page, [390]);
  await page.emulateMedia({ forcedColors: null, reducedMotion: null });
  expect(seen.console.length === 0, `the console is clean ${seen.console.join("; ")}`);
  if (pictures) await look(page);
  const blank = await context.newPage();
  checkRuns("Chromium", await runsIn(blank, moduleText85));
  await browser.close();
}

async function look(page) {
  await page.evaluate(() => document.querySelectorAll("details").forEach((d) => { d.open = false; }));
  for (const width of [1280, 390]) {
    await page.setViewportSize({ width, height: 900 });
    await page.evaluate(() => scrollTo(0, 0));
    await page.screenshot({ path: join(pictures, `explorer-${width}.png`) });
    await page.screenshot({ path: join(pictures, `explorer-${width}-full.png`), fullPage: true });
  }
  await page.pdf({ path: join(pictures, "explorer.pdf"), format: "A4" });
}

async function inFirefox() {
  if (!firefoxPath) return console.log("       explorer: there is no Firefox; scripts/setup --pages installs it");
  const browser = await puppeteer.launch({ browser: "firefox", executablePath: firefoxPath, headless: true });
  const page = await browser.newPage();
  const said = [];
  page.on("console", (m) => said.push(m.text()));
  page.on("pageerror", (e) => said.push(String(e)));
  await page.goto(url);
  await page.evaluate(whole);
  expect((await page.evaluate(sentence, "effect")).startsWith("After "), "Firefox: the answer is there");
  await page.evaluate(() => { delete document.documentElement.dataset.answered; const s = document.querySelector("input[type=range]"); s.value = 0.8; s.dispatchEvent(new Event("input")); });
  await page.evaluate(whole);
  expect((await page.evaluate(() => location.hash)) === "#v=1&B.staff=0.8", "Firefox: a lever moves");
  await page.evaluate(() => document.getElementById("prove").click());
  await page.evaluate(proven);
  expect((await page.evaluate(() => document.getElementById("proof").textContent)).startsWith("All 50 runs"), "Firefox: 50 runs have the bits that the program put into the page");
  expect(said.length === 0, `Firefox: the console is clean ${said.join("; ")}`);
  const blank = await browser.newPage();
  checkRuns("Firefox", await runsIn(blank, moduleText85));
  await browser.close();
}

await inChromium();
await inFirefox();
console.log(failures === 0 ? "explorer: all hold" : `explorer: ${failures} FAILED`);
process.exit(failures === 0 ? 0 : 1);
