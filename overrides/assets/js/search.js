/* The search page: loads the words of the site and lunr when a reader reaches for it, and shows what is found. */
(() => {
  const box = document.getElementById("words");
  const place = document.getElementById("results");
  if (!box || !place) return;
  const up = box.form.getAttribute("action").replace("search/", "");
  let index = null;
  let loading = null;

  const script = (source) => new Promise((done, failed) => {
    const made = document.createElement("script");
    made.src = source;
    made.onload = done;
    made.onerror = failed;
    document.body.append(made);
  });

  const load = () => {
    loading ??= Promise.all([script(place.dataset.lunr), script(place.dataset.data)]).then(() => {
      index = lunr(function () {
        this.ref("id");
        this.field("title", { boost: 12 });
        this.field("about", { boost: 3 });
        this.field("text");
        pwSearchData.forEach(([title, address, about, text], id) =>
          this.add({ id, title, about, text }, { boost: address.startsWith("sources/") ? 0.1 : 1 }));
      });
    });
    return loading;
  };

  // The index holds stems, so a word is looked for as it is typed and by its stem, each with so many letters wrong.
  const ask = (terms, wrong) => index.query((query) => {
    for (const term of terms) {
      const stem = lunr.stemmer(new lunr.Token(term)).toString();
      query.term(stem, { boost: 10 });
      query.term(term, { boost: 5, wildcard: lunr.Query.wildcard.TRAILING });
      if (term.length > 4) for (const one of new Set([term, stem])) query.term(one, { editDistance: wrong });
    }
  });

  // "is it safe" asks for "safe"; only where there is nothing else are the little words looked for.
  const telling = (words) => {
    const long = words.filter((word) => word.length > 1);
    const kept = long.filter(lunr.stopWordFilter);
    return kept.length ? kept : long;
  };

  const find = (words) => {
    const terms = telling(lunr.tokenizer(words).map(String));
    const found = ask(terms, 1);
    return (found.length ? found : ask(terms, 2)).slice(0, 20);
  };

  const element = (tag, text) => {
    const made = document.createElement(tag);
    if (text) made.textContent = text;
    return made;
  };

  const snippet = (about, text, words) => {
    const first = words.map((word) => text.toLowerCase().indexOf(word)).filter((at) => at >= 0).sort((a, b) => a - b)[0];
    const start = first > 60 ? text.indexOf(" ", first - 60) + 1 : 0; // whole words at both ends
    const end = first + 110 < text.length ? text.lastIndexOf(" ", first + 110) : text.length;
    const part = first === undefined ? about || "One of our sources." : (start ? "… " : "") + text.slice(start, end) + (end < text.length ? " …" : "");
    const line = element("p");
    for (const piece of part.split(new RegExp("(" + words.map((word) => word.replace(/\W/g, "\\$&")).join("|") + ")", "i"))) {
      line.append(words.includes(piece.toLowerCase()) ? element("mark", piece) : piece);
    }
    return line;
  };

  const show = () => {
    const words = box.value.trim();
    place.replaceChildren();
    if (words.length < 2 || !index) return;
    const found = find(words);
    const plain = telling(words.toLowerCase().split(/\s+/));
    place.append(element("p", found.length ? (found.length === 20 ? "The 20 best pages" : found.length + (found.length === 1 ? " page" : " pages")) + " for “" + words + "”" : "Nothing found for “" + words + "”. Try another word, or look in the list below."));
    const list = element("ol");
    for (const { ref } of found) {
      const [title, address, about, text] = pwSearchData[ref];
      const link = element("a", title);
      link.href = up + address;
      const item = element("li");
      item.append(link, snippet(about, text, plain));
      list.append(item);
    }
    if (found.length) place.append(list);
  };

  const run = () => {
    history.replaceState(null, "", box.value.trim() ? "#q=" + encodeURIComponent(box.value.trim()) : location.pathname);
    load().then(show, () => place.replaceChildren(element("p", "The search could not be loaded. Please use the list below.")));
  };

  const fromAddress = () => {
    let asked = "";
    try {
      if (location.hash.startsWith("#q=")) asked = decodeURIComponent(location.hash.slice(3));
    } catch { /* an address cut off in the middle of a letter: nothing is asked */ }
    if (asked && asked !== box.value) box.value = asked;
    if (box.value) run();
  };

  box.addEventListener("focus", () => load().catch(() => {}));
  box.addEventListener("input", run);
  addEventListener("hashchange", fromAddress);
  fromAddress();
})();
