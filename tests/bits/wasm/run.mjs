// Runs a module of wasm32-wasi in node, in the working folder, with the files there.
//
//   node run.mjs MODULE ARGUMENT...
import { readFile } from 'node:fs/promises';
import { WASI } from 'node:wasi';

const [path, ...rest] = process.argv.slice(2);
const wasi = new WASI({ version: 'preview1', args: ['module', ...rest], preopens: { '.': '.' } });
const module = await WebAssembly.compile(await readFile(path));
const instance = await WebAssembly.instantiate(module, { wasi_snapshot_preview1: wasi.wasiImport }); // Debian's node has no getImportObject
try {
  process.exitCode = wasi.start(instance);
} catch (error) {
  const { memory, thrown } = instance.exports;
  const bytes = new Uint8Array(memory.buffer, thrown());
  const message = new TextDecoder().decode(bytes.subarray(0, bytes.indexOf(0)));
  console.error(message === '' ? error : `thrown: ${message}`);
  process.exitCode = 70;
}
