// Runs a module of wasm32-wasi in node, in the working folder, with the files there.
//
//   node run.mjs MODULE ARGUMENT...
import { readFile } from 'node:fs/promises';
import { WASI } from 'node:wasi';

const [path, ...rest] = process.argv.slice(2);
const wasi = new WASI({ version: 'preview1', args: ['module', ...rest], preopens: { '.': '.' } });
const module = await WebAssembly.compile(await readFile(path));
process.exitCode = wasi.start(await WebAssembly.instantiate(module, wasi.getImportObject()));
