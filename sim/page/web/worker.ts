// Runs what is asked, the newest question first: 25 pairs of runs always finish, the rest gives way to a newer question.
import { compiled, Engine } from "./module";
import { CHARTS, type FromWorker, leversOf, lines, type Named, type Question, TEXT, textsOf, type ToWorker } from "./protocol";

const first = 25, portion = 25;
let engine: Engine, module: WebAssembly.Module, data = "";
let wanted: { id: number; question: Question; since: number } | undefined;
let busy = false;
const keys: [string[], string[]] = [[], []];
const from: [number, number] = [-1, -1];

const tell = (message: FromWorker) => postMessage(message);
const channel = new MessageChannel();
let woken: () => void = () => undefined;
channel.port1.onmessage = () => woken();
// Lets messages in.
const breathe = () => new Promise<void>((done) => { woken = done; channel.port2.postMessage(0); });

const named = (text: string): Named[] => lines(text).map(([name = "", words = "", meaning = "", unit = ""]) => ({ name, words, meaning, unit }));

async function start() {
  const since = performance.now();
  engine = await Engine.of(module);
  from[0] = from[1] = -1;
  const { program, hasSets } = engine.load(data);
  tell({
    kind: "ready", program, hasSets, model: engine.text(TEXT.model),
    coalitions: lines(engine.text(TEXT.coalitions)).map(([file = "", name = "", description = "", fit = ""]) => ({ file, name, description, setsFit: fit === "1" })),
    outcomes: named(engine.text(TEXT.outcomes)), budgets: named(engine.text(TEXT.budgets)), rules: lines(engine.text(TEXT.rules)).map(([of = "", name = "", words = ""]) => ({ of, name, words })),
    ms: performance.now() - since,
  });
}

function put(q: Question) {
  const { calls } = engine;
  for (const side of [0, 1] as const) {
    const other = from[side] !== q.coalition[side];
    calls.begin_from(side, q.coalition[side]);
    if (other) {
      const levers = leversOf(engine.text(TEXT.levers, side));
      keys[side] = levers.map((l) => l.key), from[side] = q.coalition[side];
    }
    for (const [key, value] of Object.entries(q.values[side])) {
      const lever = keys[side].indexOf(key);
      if (lever >= 0) calls.set(side, lever, value);
    }
    if (other) tell({ kind: "levers", side, coalition: q.coalition[side], levers: leversOf(engine.text(TEXT.levers, side)) });
  }
  engine.give(q.outcome), calls.ask_about();
  engine.give(q.sameMoney), calls.same_money();
  calls.rules(...q.rules), calls.with_sets(q.sets ? 1 : 0), calls.with_structures(q.structures ? 1 : 0), calls.luck(q.seed);
}

function answer(id: number, whole: boolean, since: number) {
  const charts = CHARTS.map((_, chart) => engine.text(TEXT.svg, chart));
  tell({ kind: "answer", id, whole, answer: textsOf(engine.text(TEXT.answer)), charts, maps: [0, 1].map((side) => engine.text(TEXT.map, side)), decision: whole ? engine.text(TEXT.decision) : "", ms: performance.now() - since });
}

// What has stopped is started anew; the page asks again when something is changed.
async function again(error: unknown) {
  tell({ kind: "broken", text: engine.thrown() || String(error) });
  await start();
}

async function work() {
  if (busy) return;
  busy = true;
  try {
    while (wanted) {
      const { id, question, since } = wanted;
      wanted = undefined;
      put(question);
      if (!engine.calls.begin(question.replicates)) {
        tell({ kind: "problem", id, text: engine.text(TEXT.error) });
        continue;
      }
      const all = engine.calls.pairs_asked();
      let done = engine.calls.run(Math.min(first, question.replicates));
      if (done < all) answer(id, false, since), await breathe();
      while (done < all && !wanted) done = engine.calls.run(done + portion), await breathe();
      if (done >= all) answer(id, true, since);
    }
  } catch (error) {
    await again(error);
  } finally {
    busy = false;
  }
}

onmessage = async ({ data: message }: MessageEvent<ToWorker>) => {
  switch (message.kind) {
    case "start":
      data = message.data;
      try {
        module = await compiled(message.module);
        await start();
      } catch (error) {
        tell({ kind: "broken", text: String(error) });
      }
      break;
    case "ask":
      wanted = { ...message, since: performance.now() };
      await work();
      break;
    case "text":
      try {
        tell({ kind: "text", id: message.id, text: engine.text(message.number, message.of) });
      } catch (error) {
        await again(error);
      }
      break;
    case "guess":
      engine.calls.guess(message.value);
      try {
        tell({ kind: "text", id: message.id, text: engine.text(TEXT.guess) });
      } catch (error) {
        await again(error);
      }
      break;
    case "prove":
      tell({ kind: "proof", coalition: message.coalition, hashes: engine.hashes(message.coalition, message.replicates) });
  }
};
