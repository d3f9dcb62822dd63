// Checks a page of `coalis report`: valid HTML, no accessibility violation (axe-core, WCAG 2.2 AA), no horizontal scroll at 320 px, nothing
// fetched, no script run. Chromium is started with flags that keep it off the network.
//   node check.mjs PAGE...
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import AxeBuilder from "@axe-core/playwright";
import { FileSystemConfigLoader, HtmlValidate } from "html-validate";
import { chromium } from "playwright-core";

const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync"];
const executablePath = ["/usr/bin/chromium", "/usr/bin/chromium-browser"].find(existsSync);

let failures = 0;
const expect = (holds, page, what) => {
  if (!holds) failures += 1;
  console.log(`${holds ? "ok    " : "FAILED"} ${page}: ${what}`);
};

async function validate(page) {
  const report = await new HtmlValidate(new FileSystemConfigLoader()).validateFile(page);
  for (const result of report.results)
    for (const m of result.messages) console.log(`  ${m.line}:${m.column} ${m.ruleId}: ${m.message}`);
  expect(report.valid, page, "valid HTML");
}

async function inspect(browser, page) {
  const context = await browser.newContext();
  const view = await context.newPage();
  const fetched = [];
  const refused = [];
  view.on("request", (request) => fetched.push(request.url()));
  view.on("console", (message) => refused.push(message.text()));
  await view.goto(pathToFileURL(resolve(page)).href);
  expect(fetched.length === 1, page, `nothing fetched but the page (${fetched.length} requests)`);
  expect(refused.length === 0, page, `the policy refuses nothing of its own ${refused.join("; ")}`);
  for (const width of [320, 390, 1280]) {
    await view.setViewportSize({ width, height: 800 });
    const wide = await view.evaluate(() => document.documentElement.scrollWidth);
    expect(wide <= width, page, `no horizontal scroll at ${width} px (${wide} px wide)`);
    const hidden = await view.evaluate(() => [...document.querySelectorAll("caption")].filter((c) => {
      const words = document.createRange();
      words.selectNodeContents(c);
      return words.getBoundingClientRect().right > document.documentElement.clientWidth;
    }).map((c) => c.textContent));
    expect(hidden.length === 0, page, `captions of tables in sight at ${width} px ${hidden.join("; ")}`);
    const { violations } = await new AxeBuilder({ page: view }).withTags(tags).analyze();
    for (const v of violations) console.log(`  ${v.id}: ${v.help}\n    ${v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160)).join("\n    ")}`);
    expect(violations.length === 0, page, `no accessibility violation at ${width} px`);
  }
  await context.close();
}

const pages = process.argv.slice(2);
if (pages.length === 0) throw new Error("name the pages to check");
const browser = await chromium.launch({ executablePath, args: flags });
for (const page of pages) {
  await validate(page);
  await inspect(browser, page);
}
await browser.close();
console.log(failures === 0 ? "pages: all hold" : `pages: ${failures} FAILED`);
process.exit(failures === 0 ? 0 : 1);
