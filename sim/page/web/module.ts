// The module of the engine: compiled from what stands in the page, its calls in words.
import { unpacked } from "./lzma";
import { TEXT } from "./protocol";

type Exports = {
  memory: WebAssembly.Memory;
  _initialize(): void;
  thrown(): number;
  input(size: number): number;
  identify(): void;
  add_coalition(): number;
  add_sets(): number;
  begin_from(side: number, coalition: number): void;
  set(side: number, lever: number, value: number): void;
  ask_about(): void;
  same_money(): void;
  rules(engagement: number, decision: number, influence: number): void;
  with_sets(use: number): void;
  with_structures(use: number): void;
  luck(seed: number): void;
  guess(value: number): void;
  begin(replicates: number): number;
  pairs_asked(): number;
  run(count: number): number;
  text(number: number, of: number): number;
  text_size(): number;
  prove(coalition: number, replicates: number): number;
};

export function bytesOf(base64: string): Uint8Array {
  const text = atob(base64), bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; ++i) bytes[i] = text.charCodeAt(i);
  return bytes;
}
const utf8 = new TextDecoder();

// Two letters are 13 bits, the lowest first: 91 of ASCII, all that are seen but " < and \ (scripts/page writes them).
function bytesOf91(text: string): Uint8Array {
  const values = new Uint8Array(128), bytes = new Uint8Array((text.length * 13) >> 4);
  for (let code = 33, value = 0; code < 127; ++code) if (code !== 34 && code !== 60 && code !== 92) values[code] = value++;
  for (let at = 0, to = 0, bits = 0, held = 0; at < text.length; at += 2) {
    bits |= (values[text.charCodeAt(at)]! + 91 * values[text.charCodeAt(at + 1)]!) << held;
    for (held += 13; held >= 8; held -= 8, bits >>>= 8) bytes[to++] = bits;
  }
  return bytes;
}

export const compiled = (packed: string): Promise<WebAssembly.Module> => WebAssembly.compile(unpacked(bytesOf91(packed)) as BufferSource);

// The library asks the system for nothing that a run needs: streams are not there, and an end is an error.
const nothing = (name: string) => () => {
  if (name === "proc_exit") throw new Error("the module has ended");
  return 8;
};

export class Engine {
  private constructor(readonly calls: Exports) {}

  static async of(module: WebAssembly.Module): Promise<Engine> {
    const imports: Record<string, Record<string, () => number>> = {};
    for (const { module: from, name } of WebAssembly.Module.imports(module)) (imports[from] ??= {})[name] = nothing(name);
    const { exports } = await WebAssembly.instantiate(module, imports);
    const calls = exports as unknown as Exports;
    calls._initialize();
    return new Engine(calls);
  }

  give(bytes: Uint8Array | string): void {
    const given = typeof bytes === "string" ? new TextEncoder().encode(bytes) : bytes;
    const at = this.calls.input(given.length);
    new Uint8Array(this.calls.memory.buffer, at, given.length).set(given);
  }
  private read(at: number): string {
    return utf8.decode(new Uint8Array(this.calls.memory.buffer, at, this.calls.text_size()));
  }
  text(number: number, of = 0): string { return this.read(this.calls.text(number, of)); }
  hashes(coalition: number, replicates: number): string[] {
    return this.read(this.calls.prove(coalition, replicates)).split("\n").filter((h) => h !== "");
  }
  // What ended the module, in words.
  thrown(): string {
    const bytes = new Uint8Array(this.calls.memory.buffer, this.calls.thrown());
    return utf8.decode(bytes.subarray(0, bytes.indexOf(0)));
  }

  // Lines of the page's data: what it is, then base64; of sets their text, in one line.
  load(data: string): { program: string; hasSets: boolean } {
    let program = "", hasSets = false;
    for (const line of data.split("\n")) {
      const [kind, first = "", second = ""] = line.trim().split(" ");
      if (kind === "program") {
        program = utf8.decode(bytesOf(first));
        this.give(program), this.calls.identify();
      } else if (kind === "coalition") {
        const file = bytesOf(first), packed = bytesOf(second), all = new Uint8Array(file.length + 1 + packed.length);
        all.set(file), all[file.length] = 10, all.set(packed, file.length + 1);
        this.give(all);
        if (!this.calls.add_coalition()) throw new Error(this.text(TEXT.error));
      } else if (kind === "sets") {
        this.give(decodeURIComponent(line.slice(kind.length + 1)));
        if (!this.calls.add_sets()) throw new Error(this.text(TEXT.error));
        hasSets = true;
      }
    }
    return { program, hasSets };
  }
}
