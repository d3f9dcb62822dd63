// Words of the page's own parts in English, which every other language has, too. What the model says comes from the module.
export const name = "English";
export const words = {
  title: "What if the coalition were run otherwise?",
  lead: "Move what you could change. Every answer is made here, on your machine, by the model itself; nothing is sent anywhere.",
  coalition: "Coalition", optionB: "B: what you change", beginFrom: "Begins from", changeA: "Change A, too",
  reset: "Put everything back", money: "Planned cost", sameMoney: "Same money for B as for A", sameMoneyNo: "no: each costs what it costs",
  sameMoneyBy: "yes: adjust {0}", outcome: "What it is about", hubs: "Where B has hubs", hubsOf: "Hubs of {0}",
  hubsHelp: "Each region is served by the nearest hub, and the hubs share the staff alike. With several, each holds the meetings for its own organisations.",
  now: "Now: {0}.", supported: "Evidence speaks for {0} to {1}: {2}.", outside: "Outside of what evidence supports.",
  staff: "Staff", events: "Events", remote: "Attending from afar", lever: "Support", from: "When",
  answer: "The answer", more: "More about the answer", toAnswer: "To the answer", answering: "Running the model …", sofar: "{0} of {1} pairs of runs so far", done: "{0} pairs of runs, {1}",
  uncertain: "What the answer takes in", chance: "Chance: always. Every pair of runs has other luck.",
  sets: "Uncertain parameters", setsHelp: "Each pair of runs has one of the sets of numbers that fit the evidence.", setsNot: "Not with other rules: the sets fit the coalition's own.",
  structures: "Other structures of the model", structuresHelp: "Runs everything again under the other rules of how commitment comes about, and says whether the answer holds. Takes three times as long.",
  engagement: "How commitment comes about", decision: "How members decide to come", influence: "How views move", rulesNow: "as the coalition has it", pictures: "Pictures", table: "The numbers", map: "Regions by hours of travel: choose where hubs are", mapTable: "Who serves each region", full: "For those who decide: the answer in full",
  figures: "All outcomes, every digit (CSV)", take: "Take it with you", takeA: "Option A as a scenario file", takeB: "Option B as a scenario file", command: "The same on a command line",
  print: "Print this page", link: "The address of this page holds all that you have set. Copy it to share it.", csv: "Numbers (CSV)", svg: "Picture (SVG)", png: "Picture (PNG)",
  proof: "Is this the same model?", prove: "Check 50 runs against the program's",
  proving: "Running …", proved: "All {0} runs have the bits of the program that made this page.", disproved: "{0} of {1} runs have other bits: do not use this page on this browser.",
  foot: "Coalis {0}, model version {1}; seed {2}. No forecast: runs of a model under stated assumptions.", firstHash: "Hash of the first run as it is: {0}",
  broken: "The model has stopped: {0}. It was started again; what you had set is kept.", language: "Language", luck: "Other luck (seed)",
  dots: "The difference, run by run", fan: "How it unfolds", levels: "Each option by itself", regions: "Where it shows",
};
