// The screen of one person in a meeting. Pages work without it (forms post and come back); with it
// the screen follows the meeting by itself and loses nothing when the line drops.

import { easier } from "./easier.js";
import { bringBack, hold, letGo } from "./hold.js";
import { isDirty, markDirty, morph, sent } from "./morph.js";
import { readAloud } from "./read.js";
import { listen, rest } from "./stream.js";

const main = document.querySelector("[data-room]");
const room = document.getElementById("room");
const said = document.getElementById("said");
const lost = document.getElementById("line");
const answer = document.getElementById("answer");
const undone = document.getElementById("undone");
const english = document.documentElement.lang === "en";

const fresh = () =>
  crypto.randomUUID?.() ??
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, "0")).join("");

// --- saying things ---------------------------------------------------------------------------

let lastSaid = "";
function say(text) {
  const words = text?.trim();
  if (!words || words === lastSaid) return;
  lastSaid = words;
  said.textContent = words;
}

let away = null;
function line(open) {
  clearTimeout(away);
  if (open) lost.hidden = true;
  else away = setTimeout(() => (lost.hidden = false), 1500); // a blink is not worth a word
}

function refuse(text) {
  answer.hidden = !text;
  answer.querySelector("[data-text]").textContent = text ?? "";
  if (text) answer.scrollIntoView({ block: "nearest" });
}

// Browsers only show the line one types on, or a tick without its label: bring the whole field out
// from under the bar at the foot.
room?.addEventListener("focusin", ({ target }) => {
  if (!target.matches("textarea, [type=radio], [type=checkbox]")) return;
  (target.closest("label") ?? target).scrollIntoView({ block: "nearest" });
});

// --- the pass to the stream ------------------------------------------------------------------

let pass = main?.dataset.live;
const at = (what) => `/live/${pass}/${what}`;

async function freshPass() {
  const given = await fetch(main.dataset.fresh, { credentials: "same-origin", cache: "no-store" });
  if (given.ok && given.headers.get("content-type")?.includes("json")) {
    pass = (await given.json()).live;
    return true;
  }
  if (given.status < 500) location.assign(main.dataset.home); // no longer in this circle
  return false;
}

// --- showing the meeting -----------------------------------------------------------------------

let etag = null;

// The circle goes on while somebody is still writing: the words stay, beside the new question.
const left = document.getElementById("left");
function keepWords(fields) {
  const gone = fields.filter((field) => !field.isConnected).map((field) => field.value.trim());
  if (!gone.length) return;
  left.hidden = false;
  left.querySelector("[data-text]").textContent = gone.join("\n");
}

function forgetWords(text) {
  const spot = left.querySelector("[data-text]");
  if (text === undefined || spot.textContent === text) left.hidden = true;
}

left?.addEventListener("click", ({ target }) => {
  if (target.closest("[data-take]")) {
    const field = room.querySelector("textarea:not([data-private])");
    if (!field) return;
    field.value = [field.value, left.querySelector("[data-text]").textContent].filter(Boolean).join("\n");
    markDirty(field);
    field.focus();
    forgetWords();
  } else if (target.closest("[data-drop]")) forgetWords();
});

// Drawings are shared by everybody, so this page puts its own proof of origin in the forms.
const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
const hidden = (name, value) => `<input type="hidden" name="${name}" value="${value}">`;
const proof = () => hidden("csrfmiddlewaretoken", token) + hidden("key", fresh());

function show(html) {
  const writing = [...room.querySelectorAll("textarea")].filter(
    (field) => isDirty(field) && field.value.trim() !== field.defaultValue.trim(),
  );
  morph(room, html.replaceAll("<!--proof-->", proof));
  keepWords(writing);
  bringBack(room);
  notes();
  say(room.firstElementChild?.dataset.say);
  clock();
  looked();
}

// Over days: this part was seen, so no reminder is needed. Nobody else ever learns it.
const told = new Set();
function looked() {
  const visit = room.querySelector("[data-look]")?.dataset.look;
  if (!visit || told.has(visit)) return;
  told.add(visit);
  const body = JSON.stringify({ ask: { kind: "look", visit }, key: fresh() });
  const headers = { "Content-Type": "application/json" };
  fetch(at("ask"), { method: "POST", headers, body, credentials: "same-origin" }).catch(() =>
    told.delete(visit),
  );
}

async function lookOnce(number) {
  const page = await fetch(at(`screen?n=${number}`), {
    headers: etag ? { "If-None-Match": etag } : {},
    cache: "no-store",
    credentials: "same-origin",
  });
  if (page.status === 401 && (await freshPass())) return lookOnce(number);
  if (page.status === 404) return location.assign(main.dataset.home);
  if (page.status === 304) return line(true);
  if (!page.ok) throw new Error(String(page.status));
  show(await page.text());
  etag = page.headers.get("ETag");
  line(true);
}

let looking = false;
let wanted = null;

// The server says that something changed; where everybody sees the same, it sends the screen along.
function heard(data) {
  const [number, tag, html] = [JSON.parse(data)].flat();
  if (html === undefined || looking) return look(number); // what is under way may be older: look again
  show(html);
  etag = tag;
}

async function look(number = 0) {
  wanted = Math.max(wanted ?? 0, Number(number) || 0);
  if (looking) return;
  looking = true;
  let wait = 500;
  while (wanted !== null) {
    const now = wanted;
    wanted = null;
    try {
      await lookOnce(now);
      wait = 500;
    } catch {
      line(false);
      await rest(wait);
      wait = Math.min(wait * 1.7, 8000);
      wanted = Math.max(wanted ?? 0, now);
    }
  }
  looking = false;
}

// --- asking something --------------------------------------------------------------------------

const LISTS = new Set(["order", "phases"]);
const OURS = new Set(["ask", "key", "csrfmiddlewaretoken", "screen"]);
const EMPTY_IS_NONE = new Set(["value", "choice", "under", "question", "to", "look_back_on", "before", "about", "card", "number"]);

// The same reading of a form as kring/meetings/asking.py makes for pages without scripts.
function read(form, button) {
  const data = new FormData(form, button);
  const ask = { kind: data.get("ask") };
  for (const [name, value] of data) {
    if (OURS.has(name)) continue;
    if (name.startsWith("fields.")) (ask.fields ??= {})[name.slice(7)] = value.trim() || null;
    else if (LISTS.has(name)) ask[name] = value.split(",").filter(Boolean);
    else if (value === "" && EMPTY_IS_NONE.has(name)) ask[name] = null;
    else ask[name] = value === "__me__" ? main.dataset.seat : value;
  }
  return ask;
}

const busy = new WeakSet();
const keys = new WeakMap();

async function arrive(send) {
  let wait = 500;
  for (;;) {
    try {
      const given = await send();
      if (given.status === 401 && (await freshPass())) continue;
      if (given.status < 500 && given.status !== 429) return given;
    } catch {
      line(false);
    }
    await rest(wait);
    wait = Math.min(wait * 1.7, 8000);
  }
}

const words = (text) => (typeof text === "string" ? text : (text?.[english ? "en" : "nl"] ?? ""));

async function ask(form, button) {
  if (busy.has(form)) return;
  busy.add(form);
  form.setAttribute("aria-busy", "true");
  if (!keys.has(form)) keys.set(form, fresh()); // the same submit until it arrived
  const asked = read(form, button);
  const body = JSON.stringify({ ask: asked, key: keys.get(form) });
  const given = await arrive(() =>
    fetch(at("ask"), {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body,
      credentials: "same-origin",
    }),
  );
  busy.delete(form);
  keys.delete(form);
  form.removeAttribute("aria-busy");
  if (!given.ok) return location.reload();
  line(true);
  const { number, refused } = await given.json();
  refuse(refused ? words(refused.text) : "");
  if (!refused) done(form, asked);
  look(number);
}

function done(form, asked) {
  if (asked.text) forgetWords(asked.text);
  sent(form);
  letGo(form);
  if (!form.hasAttribute("data-at-once")) form.reset();
  const drawer = form.closest("details[open][data-folds]");
  if (drawer) drawer.open = false;
  offer(form.dataset.undo, form.dataset.done, asked.card);
}

// What was clicked by mistake can be put back.
function offer(kind, text, card) {
  undone.hidden = !kind;
  if (!kind) return;
  undone.querySelector("[data-text]").textContent = text;
  undone.querySelector("[name=ask]").value = kind;
  undone.querySelector("[name=card]").value = card;
}

async function post(form) {
  if (busy.has(form)) return;
  busy.add(form);
  const body = new FormData(form);
  const given = await arrive(() =>
    fetch(form.action, {
      method: "POST",
      headers: { "X-Kring-Part": "1" },
      body,
      credentials: "same-origin",
    }),
  );
  busy.delete(form);
  if (!given.headers.get("content-type")?.includes("json")) return location.reload();
  sent(form);
  const { text } = await given.json();
  const spot = form.querySelector("[data-kept]");
  if (spot) spot.textContent = text;
}

// An own note is fetched by its author only, and never kept in this browser.
const fetched = new WeakSet();
async function notes() {
  for (const form of room.querySelectorAll("form[data-note]")) {
    if (fetched.has(form)) continue;
    fetched.add(form);
    const field = form.querySelector("textarea");
    try {
      const given = await fetch(form.dataset.note, { credentials: "same-origin", cache: "no-store" });
      const { text } = await given.json();
      if (!isDirty(field) && text) field.value = text;
    } catch {
      fetched.delete(form);
    }
  }
}

document.addEventListener(
  "submit",
  (event) => {
    const form = event.target;
    if (form.matches("form[data-ask]")) ask(form, event.submitter);
    else if (form.matches("form[data-post]")) post(form);
    else return;
    event.preventDefault();
  },
  true, // before anything else on the page thinks it leaves
);

// A tap on a scale is already the answer.
document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-at-once]");
  if (form) form.requestSubmit();
});

// With the keyboard in a vote, 1, 2 and 3 are its buttons (nowhere else on the page).
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
  const form = event.target.closest?.("form.voting");
  form?.querySelector(`[data-digit="${CSS.escape(event.key)}"]`)?.click();
});

// Telling a case so that nobody recognises who it is: a warning, never a wall (R3).
const TELLS = /\b\d{8,9}\b|\b\d{1,2}[-/. ]\d{1,2}[-/. ]\d{2,4}\b|\S+@\S+\.\S+|(?:\p{Ll}|,)\s+\p{Lu}\p{Ll}+/u;
document.addEventListener("input", ({ target }) => {
  if (!target.matches?.("[data-case]")) return;
  const warning = target.parentElement.querySelector("[data-case-warning]");
  if (warning) warning.hidden = !TELLS.test(target.value);
});

// --- the moderator's soft clock ----------------------------------------------------------------

function clock() {
  for (const spot of room.querySelectorAll("[data-since]")) {
    const until = Date.parse(spot.dataset.since) + Number(spot.dataset.minutes) * 60_000;
    const minutes = Math.round((until - Date.now()) / 60_000);
    const many = Math.abs(minutes) === 1 ? "One" : "";
    const words = spot.dataset[(minutes >= 0 ? "left" : "past") + many];
    if (words) spot.textContent = words.replace("{n}", String(Math.abs(minutes)));
  }
}

// --- begin -------------------------------------------------------------------------------------

async function stayAwake() {
  if (document.visibilityState !== "visible") return;
  try {
    await navigator.wakeLock?.request("screen");
  } catch {
    // low battery, or no permission: the screen may go dark
  }
}

if (main && room) {
  hold(room);
  bringBack(room);
  lastSaid = room.firstElementChild?.dataset.say ?? "";
  readAloud(document);
  easier(main);
  clock();
  looked();
  setInterval(clock, 10_000);
  stayAwake();
  document.addEventListener("visibilitychange", stayAwake);
  notes();
  listen(() => at("stream?whole=1"), {
    line,
    heard,
    gone: freshPass,
  });
}
