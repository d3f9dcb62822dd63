// Checks the site of scripts/site, opened from its files: every page is valid HTML; one of each kind is inspected in Chromium (inspect.mjs);
// the search finds, leads to the section and can be left by keyboard, in Chromium and, where it is, in Firefox.
//   node site.mjs FOLDER [PICTURES]
import { existsSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import puppeteer from "puppeteer-core";
import { expect, failures, inspect, launch, validate } from "./inspect.mjs";

const [folder, pictures] = process.argv.slice(2);
if (!folder) throw new Error("name the folder of the site");
// Pages that stand for their kinds: pictures; tables and code; a notebook. Then those that are only looked at for their width: lists, terms, what
// was printed, signatures.
const kinds = { "index.html": [320, 1280], "docs/formats/study-result.html": [320], "analysis/notebooks/reading-a-comparison.html": [320] };
const narrow = ["docs/index.html", "docs/glossary.html", "docs/questions.html", "docs/python-reference.html"];
const url = (name) => pathToFileURL(resolve(folder, name)).href;
const firefoxPath = ["/usr/bin/firefox-esr", "/usr/bin/firefox"].find(existsSync);

// In the page: asks and gives the addresses that are found, once there is an answer.
const ask = (words) => new Promise((done) => {
  setTimeout(() => done(["no answer within 20 s"]), 20000);
  const field = document.getElementById("words"), count = document.getElementById("count");
  count.textContent = "";
  new MutationObserver((_, observer) => {
    if (!count.textContent) return;
    observer.disconnect();
    done([count.textContent, ...[...document.querySelectorAll("#found a")].map((link) => link.href)]);
  }).observe(count, { childList: true });
  field.value = words;
  field.dispatchEvent(new Event("input"));
});

async function searched(page, name) {
  const said = [];
  page.on("console", (message) => said.push(message.text()));
  await page.goto(url("docs/formats/study.html"));
  const [count, first] = await page.evaluate(ask, "options worlds");
  expect(first === `${url("docs/formats/study.html")}#options-and-worlds`, name, `the search leads to the section, from a file: ${count} ${first}`);
  const [none, ...found] = await page.evaluate(ask, "xyzzy");
  expect(none.startsWith("Nothing was found") && found.length === 0, name, "what is nowhere is not found");
  const marked = await page.evaluate(ask, "<b>(");
  expect(marked.length > 0, name, "signs in a question are no pattern");
  expect(said.length === 0, name, `the console is clean ${said.join("; ")}`);
}

async function keyboard(page) {
  await page.goto(url("index.html"));
  await page.locator("#words").fill("hubs");
  await page.locator("#found a").first().waitFor();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  await page.waitForURL((address) => address.href !== url("index.html"));
  expect(await page.locator("#results").isHidden(), "search", "Enter twice opens what was found first");
}

const browser = await launch();
for (const name of readdirSync(folder, { recursive: true }).filter((name) => name.endsWith(".html")).sort()) await validate(join(folder, name));
for (const [name, widths] of Object.entries(kinds)) await inspect(browser, join(folder, name), { own: folder, widths });
for (const name of narrow) await inspect(browser, join(folder, name), { own: folder, widths: [320], access: false });
const page = await browser.newPage();
await searched(page, "Chromium");
await keyboard(page);
if (pictures)
  for (const name of [...Object.keys(kinds), ...narrow])
    for (const width of [1280, 390]) {
      await page.setViewportSize({ width, height: 844 });
      await page.goto(url(name));
      await page.screenshot({ path: join(pictures, `${name.replaceAll("/", "-")}-${width}.png`) });
    }
await browser.close();
if (firefoxPath) {
  const firefox = await puppeteer.launch({ browser: "firefox", executablePath: firefoxPath, headless: true });
  await searched(await firefox.newPage(), "Firefox");
  await firefox.close();
}
console.log(failures === 0 ? "site: all hold" : `site: ${failures} FAILED`);
process.exit(failures === 0 ? 0 : 1);
