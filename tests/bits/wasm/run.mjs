// Runs a module of wasm32-wasi in node, in the working folder. What it lacks (files by name, throwing) ends it with the name.
//
//   node run.mjs MODULE ARGUMENT...
import { readFile } from 'node:fs/promises';
import { WASI } from 'node:wasi';

const [path, ...rest] = process.argv.slice(2);
const wasi = new WASI({ version: 'preview1', args: ['module', ...rest], preopens: { '.': '.' } });
const module = await WebAssembly.compile(await readFile(path));
const imports = { wasi_snapshot_preview1: wasi.wasiImport, env: {} };
for (const { module: from, name } of WebAssembly.Module.imports(module)) {
  if (from === 'env') imports.env[name] = () => { throw new Error(`the module calls ${name}, which is not there`); };
}
process.exitCode = wasi.start(await WebAssembly.instantiate(module, imports));
