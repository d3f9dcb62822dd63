// The search of the site, without a server: the index is a script, which a page opened from a file may load, and is loaded when asked for.
"use strict";
(() => {
  const form = document.getElementById("search"), field = document.getElementById("words");
  const results = document.getElementById("results"), count = document.getElementById("count"), list = document.getElementById("found");
  const most = 20, around = 70;
  let sections = null;

  window.coalisIndex = (rows) => {
    sections = rows.map(([address, page, title, text]) => ({ address, page, title, text, low: [page, title, text].map((part) => part.toLowerCase()) }));
    show();
  };
  const load = () => {
    if (document.getElementById("index")) return;
    const script = document.createElement("script");
    script.id = "index";
    script.src = `${form.dataset.root}/search-index.js`;
    document.head.append(script);
  };

  const begins = (word) => new RegExp(`(?<![\\p{L}\\p{N}])${word.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&")}`, "gu");
  // How well a section answers all words: 0 if one is missing; words in titles weigh more than in the text.
  const weight = ({ low: [page, title, text] }, words) => words.reduce((sum, word) => {
    const hits = (text.match(word) ?? []).length;
    const here = 6 * (page.match(word) ?? []).length + 8 * (title.match(word) ?? []).length + Math.min(hits, 5);
    return sum && here ? sum + here : 0;
  }, 1);

  function excerpt(section, words) {
    const at = Math.max(0, section.low[2].search(words[0]) - around), line = document.createElement("p");
    const text = (at ? "… " : "") + section.text.slice(at, at + 3 * around) + (section.text.length > at + 3 * around ? " …" : "");
    const marks = words.flatMap((word) => [...text.toLowerCase().matchAll(word)].map((m) => [m.index, m.index + m[0].length])).sort((a, b) => a[0] - b[0]);
    let last = 0;
    for (const [from, to] of marks) {
      if (from < last) continue;
      const mark = document.createElement("mark");
      mark.append(text.slice(from, to));
      line.append(text.slice(last, from), mark);
      last = to;
    }
    line.append(text.slice(last));
    return line;
  }

  function show() {
    const asked = field.value.trim().toLowerCase();
    results.hidden = asked.length < 2;
    if (results.hidden || !sections) return;
    const words = asked.split(/\s+/).map(begins);
    const found = sections.map((section) => [weight(section, words), section]).filter(([w]) => w > 0).sort((a, b) => b[0] - a[0]);
    count.textContent = found.length === 0 ? `Nothing was found for "${field.value.trim()}".`
      : `${found.length} ${found.length === 1 ? "section has" : "sections have"} it${found.length > most ? `; the first ${most}` : ""}.`;
    list.replaceChildren(...found.slice(0, most).map(([, section]) => {
      const item = document.createElement("li"), link = document.createElement("a");
      link.href = `${form.dataset.root}/${section.address}`;
      link.textContent = section.title === section.page ? section.page : `${section.page}: ${section.title}`;
      link.addEventListener("click", () => { field.value = ""; results.hidden = true; });
      item.append(link, excerpt(section, words));
      return item;
    }));
  }

  form.hidden = false;
  form.addEventListener("submit", (event) => { event.preventDefault(); list.querySelector("a")?.focus(); });
  field.addEventListener("focus", load);
  field.addEventListener("input", () => { load(); show(); });
  field.addEventListener("keydown", (event) => { if (event.key === "Escape") { field.value = ""; show(); } });
})();
