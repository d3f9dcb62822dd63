// What is asked of every page in a browser that is kept off the network: valid HTML, no accessibility violation (axe-core, WCAG 2.2 AA), no
// horizontal scroll at 320 px, nothing fetched but what is its own.
import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import AxeBuilder from "@axe-core/playwright";
import { FileSystemConfigLoader, HtmlValidate } from "html-validate";
import { chromium } from "playwright-core";

const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync"];
const executablePath = ["/usr/bin/chromium", "/usr/bin/chromium-browser"].find(existsSync);
const rules = JSON.parse(readFileSync(new URL(".htmlvalidate.json", import.meta.url), "utf8"));

export const launch = () => chromium.launch({ executablePath, args: flags });

export let failures = 0;
export const expect = (holds, page, what) => {
  if (!holds) failures += 1;
  console.log(`${holds ? "ok    " : "FAILED"} ${page}: ${what}`);
};

// The rules are handed over: a page that lies elsewhere has no file with rules above it, and without rules every page is valid.
const validator = new HtmlValidate(new FileSystemConfigLoader(rules));

export async function validate(page) {
  const broken = await validator.validateString("<!DOCTYPE html><p id=a><p id=a>");
  if (broken.valid) throw new Error("html-validate finds nothing in a page that is wrong");
  const report = await validator.validateFile(page);
  for (const result of report.results)
    for (const m of result.messages) console.log(`  ${m.line}:${m.column} ${m.ruleId}: ${m.message}`);
  expect(report.valid, page, "valid HTML");
}

// What a decider sees first: the answer and its picture, without scrolling.
const screens = [[1280, 800], [390, 844]];
async function firstScreen(view, page) {
  for (const [width, height] of screens) {
    await view.setViewportSize({ width, height });
    const ends = await view.evaluate(() => [".decider .answer", ".decider .opening figure svg"].map((what) => {
      const element = document.querySelector(what);
      return element ? Math.round(element.getBoundingClientRect().bottom + scrollY) : -1;
    }));
    expect(ends.every((end) => end > 0 && end <= height), page, `answer and picture end at ${ends.join(" and ")} of ${height} px, ${width} px wide`);
  }
}

// `own`: the folder that the page may fetch from; without it nothing but the page itself. `access`: the widths at which axe-core, which takes
// seconds, looks at it with all that is folded open; false: at none. `first`: whether answer and picture are on the first screen.
export async function inspect(browser, page, { own, widths = [320, 390, 1280], access = widths, first = false } = {}) {
  const context = await browser.newContext();
  const view = await context.newPage();
  const fetched = [];
  const refused = [];
  view.on("request", (request) => fetched.push(request.url()));
  view.on("console", (message) => refused.push(message.text()));
  await view.goto(pathToFileURL(resolve(page)).href);
  if (own) {
    const others = fetched.filter((url) => !url.startsWith(`${pathToFileURL(resolve(own)).href}/`));
    expect(others.length === 0, page, `nothing fetched from outside of ${own} ${others.join("; ")}`);
  } else {
    expect(fetched.length === 1, page, `nothing fetched but the page (${fetched.length} requests)`);
  }
  if (first) await firstScreen(view, page);
  await view.evaluate(() => document.querySelectorAll("details").forEach((details) => { details.open = true; }));
  expect(refused.length === 0, page, `the policy refuses nothing of its own ${refused.join("; ")}`);
  for (const width of widths) {
    await view.setViewportSize({ width, height: 800 });
    const wide = await view.evaluate(() => document.documentElement.scrollWidth);
    expect(wide <= width, page, `no horizontal scroll at ${width} px (${wide} px wide)`);
    const hidden = await view.evaluate(() => [...document.querySelectorAll("caption")].filter((c) => {
      const words = document.createRange();
      words.selectNodeContents(c);
      return words.getBoundingClientRect().right > document.documentElement.clientWidth;
    }).map((c) => c.textContent));
    expect(hidden.length === 0, page, `captions of tables in sight at ${width} px ${hidden.join("; ")}`);
    if (!access || !access.includes(width)) continue;
    const { violations } = await new AxeBuilder({ page: view }).withTags(tags).analyze();
    for (const v of violations) console.log(`  ${v.id}: ${v.help}\n    ${v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160)).join("\n    ")}`);
    expect(violations.length === 0, page, `no accessibility violation at ${width} px`);
  }
  await context.close();
}
