// Checks a page of every kind (inspect.mjs): nothing is fetched, no script is run, answer and picture are on the first screen. axe-core
// looks at each at one width, and at the first at all: what it finds does not hang on the width alone.
//   node check.mjs PAGE...
import { failures, inspect, launch, validate } from "./inspect.mjs";

const pages = process.argv.slice(2);
if (pages.length === 0) throw new Error("name the pages to check");
const browser = await launch();
for (const page of pages) {
  await validate(page);
  await inspect(browser, page, { first: true, access: page === pages[0] ? [320, 1280] : [pages.indexOf(page) % 2 ? 320 : 1280] });
}
await browser.close();
console.log(failures === 0 ? "pages: all hold" : `pages: ${failures} FAILED`);
process.exit(failures === 0 ? 0 : 1);
