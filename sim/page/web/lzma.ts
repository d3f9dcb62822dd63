// Unpacks LZMA, which makes the module a fifth smaller than what browsers unpack by themselves. After the specification in the
// LZMA SDK (Igor Pavlov, public domain); with 3 bits of literal context and none of position, as scripts/page packs.
const half = 1024, states = 12;
const fresh = (size: number) => new Uint16Array(size).fill(half);

class Bits {
  private readonly words = Uint32Array.of(0xffffffff, 0);  // the range and the place in it; as fields they would be no integers
  private at = 13;                                         // behind the head
  constructor(private readonly bytes: Uint8Array) {
    for (let i = 0; i < 5; ++i) this.words[1] = (this.words[1]! << 8) | this.next();
  }
  private next(): number { return this.bytes[this.at++] ?? 0; }
  private refill(): void {
    const { words } = this;
    if (words[0]! >= 0x1000000) return;
    words[0] = words[0]! << 8;
    words[1] = (words[1]! << 8) | this.next();
  }
  bit(chances: Uint16Array, index: number): number {
    const { words } = this, chance = chances[index]!, bound = Math.imul(words[0]! >>> 11, chance) >>> 0;
    const one = words[1]! >= bound;
    if (one) words[0]! -= bound, words[1]! -= bound, chances[index] = chance - (chance >>> 5);
    else words[0] = bound, chances[index] = chance + ((2048 - chance) >>> 5);
    this.refill();
    return one ? 1 : 0;
  }
  // So many bits of even chance, the highest first.
  even(count: number): number {
    const { words } = this;
    let value = 0;
    while (count-- > 0) {
      words[0] = words[0]! >>> 1;
      const one = words[1]! >= words[0]!;
      if (one) words[1]! -= words[0]!;
      value = ((value << 1) | (one ? 1 : 0)) >>> 0;
      this.refill();
    }
    return value;
  }
  tree(chances: Uint16Array, from: number, count: number): number {
    let at = 1;
    for (let i = 0; i < count; ++i) at = (at << 1) | this.bit(chances, from + at);
    return at - (1 << count);
  }
  // The lowest first.
  reversed(chances: Uint16Array, from: number, count: number): number {
    let at = 1, value = 0;
    for (let i = 0; i < count; ++i) {
      const bit = this.bit(chances, from + at);
      at = (at << 1) | bit, value |= bit << i;
    }
    return value;
  }
}

class Lengths {
  private readonly choice = fresh(2);
  private readonly low = fresh(8);
  private readonly middle = fresh(8);
  private readonly high = fresh(256);
  read(bits: Bits): number {
    if (!bits.bit(this.choice, 0)) return 2 + bits.tree(this.low, 0, 3);
    return bits.bit(this.choice, 1) ? 18 + bits.tree(this.high, 0, 8) : 10 + bits.tree(this.middle, 0, 3);
  }
}

class Distances {
  private readonly slots = fresh(4 * 64);
  private readonly special = fresh(115);
  private readonly low = fresh(16);
  read(bits: Bits, length: number): number {
    const slot = bits.tree(this.slots, Math.min(length - 2, 3) * 64, 6);
    if (slot < 4) return slot;
    const count = (slot >> 1) - 1, begin = ((2 | (slot & 1)) << count) >>> 0;
    if (slot < 14) return begin + bits.reversed(this.special, begin - slot, count);
    return (begin + (bits.even(count - 4) << 4 >>> 0) + bits.reversed(this.low, 0, 4)) >>> 0;
  }
}

export function unpacked(packed: Uint8Array): Uint8Array {
  const head = new DataView(packed.buffer, packed.byteOffset);
  if (packed[0] !== 3) throw new Error("the module is packed otherwise");
  const out = new Uint8Array(head.getUint32(5, true)), bits = new Bits(packed);
  const literals = fresh(0x300 << 3), match = fresh(states), again = fresh(states), again0 = fresh(states), again0long = fresh(states), again1 = fresh(states),
    again2 = fresh(states);
  const lengths = new Lengths(), lengthsAgain = new Lengths(), distances = new Distances();
  let at = 0, state = 0, last = [0, 0, 0, 0] as [number, number, number, number];
  const literal = () => {
    const from = 0x300 * ((at > 0 ? out[at - 1]! : 0) >> 5);
    let symbol = 1;
    if (state >= 7)
      for (let like = out[at - last[0] - 1]!; symbol < 0x100;) {
        const expected = (like >> 7) & 1;
        like <<= 1;
        const bit = bits.bit(literals, from + ((1 + expected) << 8) + symbol);
        symbol = (symbol << 1) | bit;
        if (bit !== expected) break;
      }
    while (symbol < 0x100) symbol = (symbol << 1) | bits.bit(literals, from + symbol);
    out[at++] = symbol;
    state = state < 4 ? 0 : state < 10 ? state - 3 : state - 6;
  };
  // The length of what comes again; 1 of a single byte.
  const repeated = (): number => {
    if (!bits.bit(again0, state)) {
      if (!bits.bit(again0long, state)) return state = state < 7 ? 9 : 11, 1;
    } else if (!bits.bit(again1, state)) {
      last = [last[1], last[0], last[2], last[3]];
    } else if (!bits.bit(again2, state)) {
      last = [last[2], last[0], last[1], last[3]];
    } else {
      last = [last[3], last[0], last[1], last[2]];
    }
    state = state < 7 ? 8 : 11;
    return lengthsAgain.read(bits);
  };
  while (at < out.length) {
    if (!bits.bit(match, state)) {
      literal();
      continue;
    }
    let length = 0;
    if (bits.bit(again, state)) {
      length = repeated();
    } else {
      length = lengths.read(bits), state = state < 7 ? 7 : 10;
      last = [distances.read(bits, length), last[0], last[1], last[2]];
    }
    if (last[0] >= at) throw new Error("the module is damaged");
    for (const end = Math.min(at + length, out.length); at < end; ++at) out[at] = out[at - last[0] - 1]!;
  }
  return out;
}
