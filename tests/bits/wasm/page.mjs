// The page's module in node, by the page's own calls (sim/page/web/module.ts, bundled to build/page/module.mjs):
//
//   node page.mjs MODULE HASHES SHOWN FOLDER   scenarios FOLDER/*.scenario as pack_scenario prints them have the hashes in the file HASHES, and
//                                              what the page shows of them is what explorer_charts printed to the file SHOWN
import { readFileSync, readdirSync } from 'node:fs';
import { Engine } from '../../../build/page/module.mjs';
import { shown } from './shown.mjs';

const [path, expected, expectedShown, folder] = process.argv.slice(2);
const bytes = readFileSync(path);
const module = await WebAssembly.compile(bytes);
const fail = (text) => { console.error(`page.mjs: ${text}`); process.exit(1); };

// It asks for streams at most: no clock, no chance, no files.
const allowed = ['fd_close', 'fd_seek', 'fd_write', 'fd_fdstat_get', 'fd_prestat_get', 'fd_prestat_dir_name', 'environ_get', 'environ_sizes_get', 'proc_exit', 'fd_read'];
for (const { name } of WebAssembly.Module.imports(module)) if (!allowed.includes(name)) fail(`the module asks for ${name}`);

const engine = await Engine.of(module);
const { calls } = engine;
// The stack lies first and is of 1 MiB: the default of 64 kB overflows into the data without a word.
if (calls.__stack_pointer.value !== 1048576) fail(`the stack begins at ${calls.__stack_pointer.value}, not at 1 MiB`);

const files = readdirSync(folder).filter((f) => f.endsWith('.scenario')).sort();
for (const file of files) {
  const packed = readFileSync(`${folder}/${file}`);
  engine.give(new Uint8Array([...new TextEncoder().encode(`${file}\n`), ...packed]));
  if (!calls.add_coalition()) fail(engine.text(0));
}
const hashes = files.flatMap((_, i) => engine.hashes(i, 200));
const right = readFileSync(expected, 'utf8').split('\n').filter((l) => l.startsWith('alone ')).map((l) => l.split(' ')[2]);
const other = hashes.findIndex((hash, i) => hash !== right[i]);
if (right.length !== 200 * files.length || other >= 0 || hashes.length !== right.length) fail(`run ${other}: ${hashes[other]}, not ${right[other]}`);
console.log(`page: ${hashes.length} runs of ${files.length} scenarios have the bits of the optimised program`);
const found = shown(engine, files.length).split('\n'), wanted = readFileSync(expectedShown, 'utf8').split('\n');
const differs = wanted.findIndex((line, i) => line !== found[i]);
if (differs >= 0 || found.length !== wanted.length) fail(`line ${differs} of what is shown: ${found[differs]}, not ${wanted[differs]}`);
console.log(`page: ${found.length} lines of pictures, tables, files and sentences are those of the optimised program`);

// What ends it says so.
engine.give(new Uint8Array(2));
if (calls.add_coalition() !== 0 || calls.begin(1) !== 1) fail('what is no scenario is not refused');
const broken = await Engine.of(module);
try {
  broken.calls.begin(1);
  fail('without a coalition there is nothing to run');
} catch (error) {
  if (!(error instanceof WebAssembly.RuntimeError) || broken.thrown() === '') fail(`what was thrown is not said: ${error}`);
}

// Memory is flat over changes.
const change = (i) => {
  calls.set(1, 0, (i % 20) / 10);
  if (!calls.begin(5) || calls.run(5) !== 5) fail(engine.text(0));
  engine.text(6), engine.text(9, i % 4);
};
for (let i = 0; i < 1000; ++i) change(i);
const before = calls.memory.buffer.byteLength;
for (let i = 0; i < 1000; ++i) change(i);
if (calls.memory.buffer.byteLength !== before) fail(`memory grew from ${before} to ${calls.memory.buffer.byteLength} bytes over 1,000 changes`);

const median = (list) => list.sort((a, b) => a - b)[list.length >> 1];
for (const count of [25, 200]) {
  const times = [];
  for (let i = 0; i < 15; ++i) {
    const since = performance.now();
    calls.set(1, 0, 0.3 + i / 100), calls.begin(count), calls.run(count), engine.text(6);
    for (const chart of [0, 1, 2, 3]) engine.text(9, chart);
    times.push(performance.now() - since);
  }
  console.log(`page: ${count} pairs and four pictures, the other side kept: ${median(times).toFixed(0)} ms in the median, at most ${Math.max(...times).toFixed(0)}`);
}
console.log(`page: memory ${(before / 1e6).toFixed(1)} MB, flat over 1,000 changes`);
