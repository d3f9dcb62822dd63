// Checks charts in a browser with the fonts of FONTCONFIG_FILE: no text touches another and none leaves its chart.
//   node charts.mjs FOLDER [PICTURES]   every .svg below the folder; with PICTURES also their pictures at 1280 and 390 px and in grey
import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";

const flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync"];
const executablePath = ["/usr/bin/chromium", "/usr/bin/chromium-browser"].find(existsSync);
const [folder, pictures] = process.argv.slice(2);
if (!folder) throw new Error("name the folder of the charts");
const charts = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith(".svg")).sort();
if (charts.length === 0) throw new Error(`no charts in ${folder}`);

// What is wrong with the one chart of the document.
function faults() {
  const svg = document.querySelector("svg");
  const page = svg.viewBox.baseVal;
  const texts = [...svg.querySelectorAll("text")].map((text) => ({ box: text.getBBox(), says: text.lastChild.textContent }));
  const found = [];
  for (const { box, says } of texts)
    if (box.x < -0.5 || box.x + box.width > page.width + 0.5 || box.y < -1 || box.y + box.height > page.height + 3)
      found.push(`'${says}' leaves the chart (${box.x.toFixed(1)} to ${(box.x + box.width).toFixed(1)} of ${page.width})`);
  // A box has room above and below its letters: lines of a paragraph overlap by that.
  const over = (from, size, otherFrom, otherSize) => Math.min(from + size, otherFrom + otherSize) - Math.max(from, otherFrom);
  texts.forEach((a, i) => texts.slice(i + 1).forEach((b) => {
    const wide = over(a.box.x, a.box.width, b.box.x, b.box.width), high = over(a.box.y, a.box.height, b.box.y, b.box.height);
    if (wide > 0.5 && high > 0.3 * Math.min(a.box.height, b.box.height)) found.push(`'${a.says}' and '${b.says}' touch (${wide.toFixed(1)} x ${high.toFixed(1)})`);
  }));
  return found;
}

const browser = await chromium.launch({ executablePath, args: flags });
const view = await browser.newPage({ deviceScaleFactor: 2 });  // widths of letters are not rounded to pixels
let failures = 0;
for (const name of charts) {
  const svg = readFileSync(join(folder, name), "utf8");
  await view.setContent(`<!doctype html><body style="margin:0">${svg}</body>`);
  for (const fault of await view.evaluate(faults)) {
    failures += 1;
    console.log(`FAILED ${name}: ${fault}`);
  }
}
if (pictures) {
  mkdirSync(pictures, { recursive: true });
  for (const name of charts) {
    const svg = readFileSync(join(folder, name), "utf8").replace("<svg ", '<svg style="width:100%;height:auto" ');
    for (const [width, filter, kind] of [[1280, "", "wide"], [390, "", "narrow"], [390, "filter:grayscale(1)", "grey"]]) {
      await view.setViewportSize({ width, height: 400 });
      await view.setContent(`<!doctype html><body style="margin:0;${filter}">${svg}</body>`);
      await view.screenshot({ path: join(pictures, `${name.replaceAll("/", "-").replace(".svg", "")}-${kind}.png`), fullPage: true });
    }
  }
}
await browser.close();
console.log(failures === 0 ? `charts: ${charts.length} hold` : `charts: ${failures} FAILED`);
process.exit(failures === 0 ? 0 : 1);
