// The search page. docs/search.md says how the index is made and read; nothing here is a library.

// ---- Words, by the rule of newsarchive/exports/search/words.py

const UNSPACED =
  "\\u0e00-\\u0eff\\u1000-\\u109f\\u1780-\\u17ff\\u2e80-\\u2fdf\\u3005-\\u3007\\u3021-\\u30ff" +
  "\\u31f0-\\u31ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{3fffd}";
const UNSAID = new RegExp(
  "[\\u0300-\\u036f\\u0483-\\u0487\\u0591-\\u05bd\\u05bf\\u05c1\\u05c2\\u05c4\\u05c5\\u05c7" +
    "\\u0610-\\u061a\\u0640\\u064b-\\u065f\\u0670\\u06d6-\\u06dc\\u06df-\\u06e4\\u06e7\\u06e8" +
    "\\u06ea-\\u06ed\\u1ab0-\\u1aff\\u1dc0-\\u1dff\\u20d0-\\u20ff\\ufe00-\\ufe0f\\ufe20-\\ufe2f" +
    "\\u00ad\\u200b-\\u200d\\u2060\\ufeff]+",
  "gu",
);
const LETTERS = {
  ß: "ss", æ: "ae", œ: "oe", ø: "o", đ: "d", ð: "d", þ: "th", ł: "l", ı: "i", ς: "σ",
  "’": "'", ʼ: "'", "＇": "'",
};
const ANY_LETTER = new RegExp(`[${Object.keys(LETTERS).join("")}]`, "gu");
const LETTER = "[\\p{L}\\p{N}\\p{M}]";
const ALONE = "[\\p{L}\\p{Nl}\\p{No}]";
const POSSESSIVE = new RegExp(`(?<=${LETTER})'s(?!${LETTER})`, "gu");
const JOINED = new RegExp(`(?<=${LETTER}{2})'(?=${LETTER})`, "gu");
const INITIALS = new RegExp(`(?<!${LETTER})(?:${ALONE}\\.)+${ALONE}(?!${LETTER})\\.?`, "gu");
const THOUSANDS = /(?<=[0-9]),(?=[0-9]{3}(?![0-9]))/g;
const WORD = new RegExp(
  `(?=${LETTER})[${UNSPACED}]\\p{M}*|(?:(?![${UNSPACED}])${LETTER})+`,
  "gu",
);

export function words(text) {
  const folded = text
    .normalize("NFKD")
    .toLowerCase()
    .replace(UNSAID, "")
    .replace(ANY_LETTER, (letter) => LETTERS[letter])
    .replace(POSSESSIVE, "")
    .replace(JOINED, "")
    .replace(INITIALS, (initials) => `${initials.replaceAll(".", "")} `)
    .replace(THOUSANDS, "");
  return folded.match(WORD) ?? [];
}

const key = (name) => words(name).join(" ");

// Stretches of a text as it is printed, each of which holds whole words.
const STRETCH = new RegExp(`[${UNSPACED}]\\p{M}*|(?:(?![${UNSPACED}])[\\p{L}\\p{N}\\p{M}'’.,])+`, "gu");

function* stretches(text) {
  for (const found of text.matchAll(STRETCH)) {
    const stretch = found[0].replace(/[.,'’]+$/u, "");
    if (stretch) yield { start: found.index, end: found.index + stretch.length, words: words(found[0]) };
  }
}

// ---- What is asked

const MOST_WORDS = 24;
const SHORTEST_BEGINNING = 3; // letters of a word that is still being typed
const QUOTED = /["“”„«»]([^"“”„«»]*)(?:["“”„«»]|$)|[^\s"“”„«»]+/gu;

// Parts that a story has to have: a word, or words side by side. The last word may be a beginning.
// `asked` are all words; `sought` is what the index is searched for, pairs of words for those that
// stand side by side.
export function parsed(text) {
  const parts = [];
  let count = 0;
  for (const [all, quoted] of text.matchAll(QUOTED)) {
    const part = words(quoted ?? all).slice(0, MOST_WORDS - count);
    count += part.length;
    if (part.length) parts.push(part);
  }
  const last = parts.at(-1)?.at(-1) ?? "";
  const open = /[\p{L}\p{N}\p{M}]$/u.test(text) && last.length >= SHORTEST_BEGINNING;
  const asked = parts.flat().map((word) => ({ word, open: false }));
  if (open) asked.at(-1).open = true;
  const sought = parts.flatMap((part, at) => {
    const typed = open && at === parts.length - 1;
    const whole = typed ? part.slice(0, -1) : part;
    const pairs = whole.slice(1).map((other, at) => ({ pair: [whole[at], other] }));
    const rest = typed ? [{ word: last, open }] : [];
    return whole.length === 1 ? [{ word: whole[0] }, ...rest] : [...pairs, ...rest];
  });
  return { parts, asked, sought };
}

// How well a word of the index answers to one that is asked for: 0 if not at all.
function answers({ word, open }, found) {
  if (found === word) return 1;
  if (found === `${word}s` || word === `${found}s`) return 0.7;
  return open && found.startsWith(word) ? 0.5 : 0;
}

// ---- The index

const HEAD = 3456; // bytes, in which most headers end
const TOKEN = 4;
const MOST_BLOCKS = 2; // in which a beginning is looked up
const IN_HEADLINE = 12; // what words side by side weigh there, where a word may weigh 15
const IN_TEXT = 7;
const RESULTS = 8; // in a block
const text = new TextDecoder();

class Stale extends Error {} // the index was published anew meanwhile

// Written by hand: the stream of a Blob takes ten times as long.
async function inflated(data) {
  const inflate = new DecompressionStream("deflate-raw");
  const writer = inflate.writable.getWriter();
  const whole = new Response(inflate.readable).arrayBuffer();
  try {
    await Promise.all([whole, writer.write(data), writer.close()]);
    return new Uint8Array(await whole);
  } catch {
    throw new Stale();
  }
}

class Shard {
  constructor(url, first, last) {
    this.url = url;
    this.first = first; // a month like 198703; the last is the first of the part that follows
    this.last = last;
    this.read = new Map();
    this.weighed = new Map();
  }

  // What is done once, and again where that failed; `done` keeps it.
  once(name, act, done = this.read) {
    if (!done.has(name)) {
      done.set(name, act());
      done.get(name).catch(() => done.delete(name));
    }
    return done.get(name);
  }

  // Bytes of the file; a server that knows no ranges sends all of it, which is kept.
  async bytes(start, end) {
    if (this.known?.length >= end || this.whole) return this.known.subarray(start, end);
    const range = { Range: `bytes=${start}-${end - 1}` };
    const answer = await fetch(this.url, { headers: range, cache: "no-store" });
    if (!answer.ok) throw new Stale();
    const data = new Uint8Array(await answer.arrayBuffer());
    this.whole = answer.status === 200;
    if (this.whole || start === 0) this.known = data;
    return this.whole ? data.subarray(start, end) : data;
  }

  open() {
    return this.once("head", () => this.readHead());
  }

  async readHead() {
    const first = await this.bytes(0, HEAD);
    if (text.decode(first.subarray(0, 4)) !== "NAS1") throw new Stale();
    const end = 8 + new DataView(first.buffer, first.byteOffset).getUint32(4, true);
    const head = JSON.parse(text.decode(await inflated((await this.bytes(0, end)).subarray(8, end))));
    let place = end;
    for (const kind of ["sizes", "pairs", "results"]) {
      head[kind] = [place, ...head[kind].map((size) => (place += size))];
    }
    return head;
  }

  block(kind, number, take) {
    return this.once(`${kind} ${number}`, () => this.readBlock(kind, number, take));
  }

  async readBlock(kind, number, take) {
    const head = await this.open();
    const data = await this.bytes(head[kind][number], head[kind][number + 1]);
    const token = [...data.subarray(0, TOKEN)].map((byte) => byte.toString(16).padStart(2, "0"));
    if (token.join("") !== head.token) throw new Stale();
    return take(await inflated(data.subarray(TOKEN)));
  }

  // How much each story has of what is sought, by its number; 0 where it has nothing.
  weights(sought) {
    return this.once(JSON.stringify(sought), () => this.weigh(sought), this.weighed);
  }

  // Let go of what was weighed for other queries: one for each key that is typed.
  weighOnly(all) {
    const wanted = all.map((sought) => JSON.stringify(sought));
    for (const name of this.weighed.keys()) if (!wanted.includes(name)) this.weighed.delete(name);
  }

  async weigh(sought) {
    const { stories } = await this.open();
    const weights = new Float32Array(stories);
    for (const [story, weight] of await (sought.pair ? this.beside(sought.pair) : this.said(sought))) {
      weights[story] = Math.max(weights[story], weight);
    }
    return weights;
  }

  // The stories of a word, each with its weight; some more than once.
  async said(asked) {
    const { word, open } = asked;
    const { terms } = await this.open();
    const place = (term) => Math.max(0, terms.findLastIndex((first) => first <= term));
    const numbers = new Set([word, `${word}s`, word.replace(/s$/u, "")].map(place));
    if (open) {
      const first = place(word);
      const last = Math.min(place(`${word}\uffff`), first + MOST_BLOCKS - 1);
      for (let number = first; number <= last; number++) numbers.add(number);
    }
    return (await this.terms(numbers)).flatMap((found) =>
      [...found].flatMap(([term, { stories, weight }]) => {
        const worth = answers(asked, term);
        return worth ? stories.map((story, at) => [story, worth * weight[at]]) : [];
      }),
    );
  }

  async terms(numbers) {
    const { terms } = await this.open();
    const there = [...numbers].filter((number) => number < terms.length);
    return Promise.all(there.map((number) => this.block("sizes", number, termsOf)));
  }

  async filtered(term) {
    const head = await this.open();
    const place = Math.max(0, head.terms.findLastIndex((first) => first <= term));
    const [terms] = await this.terms([place]);
    return new Set(terms?.get(term)?.stories);
  }

  // The stories in which two words stand side by side, and a few in which others do.
  async beside([one, other]) {
    const { pairs } = await this.open();
    const bits = 16 - Math.log2(pairs.length - 1);
    const pair = (Math.imul(crc(one), 31) + crc(other)) & 0xffff;
    const steps = await this.block("pairs", pair >> bits, stepsOf);
    const found = [];
    let value = (pair >> bits) << (bits + 12);
    for (const step of steps) {
      value += step;
      if (value >> 12 === pair) found.push([(value >> 1) & 2047, value & 1 ? IN_HEADLINE : IN_TEXT]);
    }
    return found;
  }

  async result(story) {
    const results = await this.block("results", Math.floor(story / RESULTS), (data) =>
      JSON.parse(text.decode(data)),
    );
    const [address, headline, lang, date, day, notes] = results[story % RESULTS];
    return { address: `${root}/${address}`, headline, lang, date, day, notes };
  }

  // The first story that is not before a month like 198703.
  async since(month) {
    const { months, stories } = await this.open();
    return months.find(([known]) => known >= month)?.[1] ?? stories;
  }
}

function termsOf(data) {
  const terms = new Map();
  let place = 0;
  const number = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = data[place++];
      value |= (byte & 127) << shift;
      if (byte < 128) return value;
    }
  };
  let last = "";
  while (place < data.length) {
    const common = number();
    const length = number();
    last = last.slice(0, common) + text.decode(data.subarray(place, place + length));
    place += length;
    const count = number();
    let story = 0;
    const stories = Array.from({ length: count }, () => (story += number()));
    terms.set(last, { stories, weight: data.subarray(place, place + count) });
    place += count;
  }
  return terms;
}

function stepsOf(data) {
  const count = data.length / 4;
  const byte = (plane, at) => data[plane * count + at] << (8 * plane);
  return Array.from({ length: count }, (_, at) => byte(0, at) | byte(1, at) | byte(2, at) | byte(3, at));
}

function crc(word) {
  let code = -1;
  for (const byte of new TextEncoder().encode(word)) {
    code ^= byte;
    for (let bit = 0; bit < 8; bit++) code = (code >>> 1) ^ (code & 1 && 0xedb88320);
  }
  return code ^ -1;
}

// ---- What is found

const JANUARY = 1;
const DECEMBER = 12;

// All stories that answer, the best first or the newest.
async function found(query) {
  const each = await Promise.all(within(query).map((shard) => asked(shard, query)));
  const total = each.reduce((sum, { stories }) => sum + stories, 0);
  const rarity = query.sought.map((_, at) => {
    const stories = each.reduce((sum, { counts }) => sum + counts[at], 0);
    return Math.log(1 + (total - stories + 0.5) / (stories + 0.5));
  });
  const hits = each.flatMap(({ shard, candidates, weights }, order) =>
    candidates.map((story) => ({
      shard,
      story,
      age: -(order * 2 ** 11 + story),
      score: weights.reduce((sum, weight, at) => sum + rarity[at] * weight[story], 0),
    })),
  );
  const byDate = query.sort === "date";
  return hits.sort((one, other) => (byDate ? 0 : other.score - one.score) || one.age - other.age);
}

async function asked(shard, query) {
  shard.weighOnly(query.sought);
  const [head, weights, from, to, ...sets] = await Promise.all([
    shard.open(),
    Promise.all(query.sought.map((one) => shard.weights(one))),
    shard.since(query.from * 100 + JANUARY),
    shard.since((query.to + 1) * 100 + JANUARY),
    ...query.filters.map((term) => shard.filtered(term)),
  ]);
  const candidates = [];
  for (let story = from; story < to; story++) {
    if (weights.every((weight) => weight[story]) && sets.every((set) => set.has(story))) {
      candidates.push(story);
    }
  }
  const counts = weights.map((weight) => weight.reduce((sum, value) => sum + (value > 0), 0));
  return { shard, stories: head.stories, weights, candidates, counts };
}

// A story that answers; nothing, where its own page lacks a phrase.
async function told(hit, query) {
  const story = await hit.shard.result(hit.story);
  const phrases = query.parts.filter((part) => part.length > 1).map((part) => ` ${part.join(" ")}`);
  if (!phrases.length) return story;
  story.page = page(story.address);
  const places = Object.values(await story.page).map((place) => ` ${key(place)}`);
  return phrases.every((phrase) => places.some((place) => place.includes(phrase))) ? story : null;
}

// What the page of a story says; nothing, where it is no longer there.
async function page(address) {
  const answer = await fetch(address);
  const html = answer.ok ? await answer.text() : "";
  const article = new DOMParser().parseFromString(html, "text/html").querySelector("article[lang]");
  const said = (name) => article?.querySelector(name)?.textContent.trim() ?? "";
  const blocks = article?.querySelector(".article__text")?.children ?? [];
  return {
    headline: said(".headline"),
    standfirst: said(".standfirst"),
    byline: said(".byline"),
    credits: said(".credits"),
    prose: Array.from(blocks, (block) => block.textContent.trim()).join(" "),
  };
}

// ---- How it is shown

const PAGE = 10;
const MOST_READ = 30; // pages to show as many, and more only to show one
const WAIT = 50; // milliseconds in which one may type on
const EXCERPT = 260; // characters
const BEFORE = 60;

const form = document.querySelector(".search");
const { root } = form.dataset;
const field = form.elements.q;
const filters = form.querySelector(".search__filters");
const status = document.querySelector(".search__status");
const list = document.querySelector(".search__results");
const more = document.querySelector(".search__more");
const browse = document.querySelector(".search__browse");
const KINDS = ["topic", "section", "place", "person", "agency"];
const NAMES = [...KINDS, "from", "to", "sort"];

const file = (name) => `${root}/search/${name}`;
let shards = opened();
let turn = 0; // of the query that is shown
let names = null;
let typed = false; // since the last entry in the history

function opened() {
  const months = form.dataset.months.split(" ").filter(Boolean).map(Number);
  return months.map((first, at) => new Shard(file(`${at + 1}.idx`), first, months[at + 1] ?? Infinity));
}

function years() {
  const { from, to } = form.elements;
  return { from: Number(from.value) || 0, to: Number(to.value) || Infinity };
}

// The parts that may have stories of these years.
const within = ({ from, to }) =>
  shards.filter(({ first, last }) => first <= to * 100 + DECEMBER && last >= from * 100 + JANUARY);

async function loadNames() {
  names ??= fetch(file("names.json")).then((answer) =>
    answer.ok ? answer.json() : Promise.reject(new Stale()),
  );
  const known = await names;
  for (const kind of KINDS) {
    const options = form.querySelector(`#${kind}-names`);
    if (options.children.length) continue;
    options.append(
      ...known[kind].map(([name]) => Object.assign(document.createElement("option"), { value: name })),
    );
  }
  return known;
}

// What the form asks for; throws a sentence where it names what there is not.
async function query() {
  const wanted = KINDS.filter((kind) => form.elements[kind].value.trim());
  const known = wanted.length ? await loadNames() : {};
  const terms = wanted.map((kind) => {
    const given = form.elements[kind].value.trim();
    const [name, slug] =
      known[kind].find(([, slug]) => slug === given) ??
      known[kind].find(([name]) => name === given || key(name) === key(given)) ??
      [];
    if (slug === undefined) throw `There is no ${kind} “${given}” in this archive.`;
    form.elements[kind].value = name;
    return [kind, slug];
  });
  return {
    ...parsed(field.value),
    filters: terms.map(([kind, slug]) => `#${kind}:${slug}`),
    ...years(),
    sort: form.elements.sort.value,
    params: new URLSearchParams([
      ...[["q", field.value.trim()], ...terms],
      ...["from", "to", "sort"].map((name) => [name, form.elements[name].value]),
    ].filter(([, value]) => value)),
  };
}

async function search({ again = false } = {}) {
  const mine = ++turn;
  await attempt(mine, again, async () => {
    const wanted = await query();
    if (mine !== turn) return;
    remember(wanted.params);
    if (!wanted.params.size || `${wanted.params}` === "sort=date") {
      show([], "");
      return;
    }
    await continued(mine, await found(wanted), wanted, []);
  });
}

// Do some of what a query takes, and say what is in the way.
async function attempt(mine, again, work) {
  list.setAttribute("aria-busy", "true");
  try {
    await work();
  } catch (problem) {
    if (mine !== turn) return;
    if (typeof problem === "string") {
      show([], problem);
      return;
    }
    names = null;
    shards = opened(); // anew: the archive was published meanwhile, or the network failed
    if (problem instanceof Stale && !again) await search({ again: true });
    else show([], "The index cannot be read now. Try again, or reload the page.");
  } finally {
    if (mine === turn) list.removeAttribute("aria-busy");
  }
}

// Show the next of the hits, below those that are shown.
async function continued(mine, hits, wanted, before) {
  const shown = [];
  let at = 0;
  while (mine === turn && at < hits.length && shown.length < (at < MOST_READ ? PAGE : 1)) {
    const next = hits.slice(at, at + PAGE - shown.length);
    at += next.length;
    const stories = await Promise.all(next.map((hit) => told(hit, wanted)));
    shown.push(...stories.filter(Boolean));
  }
  if (mine !== turn) return;
  const rest = hits.slice(at);
  const all = [...before, ...shown.map((story) => result(story, wanted))];
  show(all, counted(all.length + rest.length));
  more.hidden = !rest.length;
  more.onclick = () =>
    attempt(mine, false, async () => {
      await continued(mine, rest, wanted, all);
      list.children[all.length]?.querySelector("a").focus();
    });
}

function counted(count) {
  if (!count) return "No story answers to all of this.";
  return count === 1 ? "1 story" : `${count.toLocaleString("en")} stories`;
}

function show(results, sentence) {
  const held = list.contains(document.activeElement);
  list.replaceChildren(...results);
  if (held) field.focus(); // not to be lost with the story that had it
  status.textContent = sentence;
  more.hidden = true;
  browse.hidden = results.length > 0;
}

function result(story, wanted) {
  const made = (name, style, ...parts) => {
    const element = document.createElement(name);
    if (style) element.className = style;
    element.append(...parts);
    return element;
  };
  const foreign = (element) => {
    if (story.lang !== document.documentElement.lang) {
      element.lang = story.lang;
      element.dir = "auto";
    }
    return element;
  };
  const link = made("a", "", ...marked(story.headline, wanted));
  link.setAttribute("href", story.address);
  const time = made("time", "", story.day);
  time.dateTime = story.date;
  const sentence = foreign(made("p", "teaser__sentence"));
  whenSeen(sentence, async () => {
    const { prose } = await (story.page ?? page(story.address));
    sentence.append(...excerpt(prose, wanted));
  });
  return made(
    "li",
    "",
    made(
      "article",
      "teaser",
      foreign(made("h2", "teaser__headline", link)),
      made("p", "teaser__line", time, story.notes && ` · ${story.notes}`),
      sentence,
    ),
  );
}

function whenSeen(element, work) {
  const observer = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    observer.disconnect();
    work().catch(() => {}); // what stands there is of use without it
  });
  observer.observe(element);
}

const isAsked = (stretch, wanted) =>
  wanted.asked.find((word) => stretch.words.some((found) => answers(word, found)));

// A text with the words that were asked for marked.
function marked(text, wanted) {
  const parts = [];
  let place = 0;
  for (const stretch of stretches(text)) {
    if (!isAsked(stretch, wanted)) continue;
    const mark = document.createElement("mark");
    mark.textContent = text.slice(stretch.start, stretch.end);
    parts.push(text.slice(place, stretch.start), mark);
    place = stretch.end;
  }
  return [...parts, text.slice(place)];
}

// The stretch of a text with most of the words that were asked for.
function excerpt(text, wanted) {
  const hits = [...stretches(text)]
    .map(({ start, ...stretch }) => ({ start, word: isAsked(stretch, wanted) }))
    .filter(({ word }) => word);
  let best = { start: 0, count: 0 };
  hits.forEach(({ start }, at) => {
    const within = hits.slice(at, at + 40).filter((hit) => hit.start < start + EXCERPT - BEFORE);
    const count = new Set(within.map(({ word }) => word)).size;
    if (count > best.count) best = { start, count };
  });
  const start = best.start > BEFORE * 1.5 ? text.indexOf(" ", best.start - BEFORE) + 1 || best.start : 0;
  const end = start + EXCERPT < text.length ? text.lastIndexOf(" ", start + EXCERPT) : text.length;
  const cut = text.slice(start, end > start ? end : start + EXCERPT);
  const after = start + cut.length < text.length ? "…" : "";
  return [start ? "…" : "", ...marked(cut, wanted), after];
}

// ---- The address, the history and the keyboard

function remember(params) {
  const address = `${location.pathname}${params.size ? `?${params}` : ""}`;
  if (address === location.pathname + location.search) return;
  history[typed ? "replaceState" : "pushState"](null, "", address);
  typed = true;
}

function recall() {
  const params = new URLSearchParams(location.search);
  field.value = params.get("q") ?? "";
  for (const name of NAMES) form.elements[name].value = params.get(name) ?? "";
  if (NAMES.some((name) => params.get(name))) filters.open = true;
  browse.hidden = params.size > 0;
  typed = true; // so that this entry is spelt anew and none is added
  search().then(() => (typed = false));
}

// Fetch what words take while nobody knows yet whether one types on.
function prepare() {
  const { asked, sought } = parsed(field.value);
  const enough = asked.at(-1)?.word.length >= SHORTEST_BEGINNING;
  for (const shard of within(years())) {
    shard.open().catch(() => {});
    if (enough) sought.forEach((one) => shard.weights(one).catch(() => {}));
  }
}

let waiting;
form.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(search, WAIT);
  prepare();
});
form.addEventListener("pointerdown", prepare);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(waiting);
  search().then(() => (typed = false));
});
filters.addEventListener("toggle", () => filters.open && loadNames().catch(() => (names = null)));
addEventListener("popstate", recall);

// Down from the field to the first story and on, and up again; Enter opens.
document.addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const stops = [field, ...list.querySelectorAll("a")];
  const at = stops.indexOf(document.activeElement);
  const next = stops[at + step];
  if (at < 0 || !next) return;
  event.preventDefault();
  next.focus();
});

const early = field.value && !location.search; // typed before this script came
if ("DecompressionStream" in window) {
  early ? search() : recall();
} else status.textContent = "This browser is too old to search; update it, or browse.";
