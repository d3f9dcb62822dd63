// Checks a page of `coalis report` (inspect.mjs): nothing is fetched, no script is run.
//   node check.mjs PAGE...
import { failures, inspect, launch, validate } from "./inspect.mjs";

const pages = process.argv.slice(2);
if (pages.length === 0) throw new Error("name the pages to check");
const browser = await launch();
for (const page of pages) {
  await validate(page);
  await inspect(browser, page);
}
await browser.close();
console.log(failures === 0 ? "pages: all hold" : `pages: ${failures} FAILED`);
process.exit(failures === 0 ? 0 : 1);
