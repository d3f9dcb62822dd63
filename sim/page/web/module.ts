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

// Five letters are four bytes (the letters of RFC 1924, as Python's b85encode has them).
function bytesOf85(text: string): Uint8Array {
  const letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~", values = new Uint8Array(128);
  [...letters].forEach((letter, value) => { values[letter.charCodeAt(0)] = value; });
  const bytes = new DataView(new ArrayBuffer((text.length / 5) * 4));
  for (let at = 0; at < text.length; at += 5) {
    let word = 0;
    for (let i = at; i < at + 5; ++i) word = word * 85 + values[text.charCodeAt(i)]!;
    bytes.setUint32((at / 5) * 4, word);
  }
  return new Uint8Array(bytes.buffer);
}

export const compiled = (packed: string): Promise<WebAssembly.Module> => WebAssembly.compile(unpacked(bytesOf85(packed)) as BufferSource);

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
