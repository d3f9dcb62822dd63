// What the page shows of its coalitions, each with its first lever moved, as tests/bits/explorer_charts.cpp prints it. Browsers get its source.
export const shown = (engine, count) => {
  const { calls } = engine;
  engine.give("engaged"), calls.ask_about(), engine.give(""), calls.same_money();
  return Array.from({ length: count }, (_, i) => {
    calls.begin_from(0, i), calls.begin_from(1, i), calls.set(1, 0, 1), calls.begin(25), calls.run(25);
    const charts = [0, 1, 2, 3].flatMap((chart) => [9, 10, 11].map((number) => engine.text(number, chart)));
    return [...charts, engine.text(14, 1), engine.text(15, 1), engine.text(6), engine.text(7), engine.text(8)].join("");
  }).join("");
};
