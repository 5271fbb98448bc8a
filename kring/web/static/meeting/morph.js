// Turns what stands on the page into what the server says, without touching what somebody is
// busy with: typed text, focus, an open drawer and a running scroll stay as they are.
//
// Law: after morph(old, text) the page equals the new text, except for the value of fields a person
// changed and that still exist (same id), and for the element that has focus.

const FIELDS = new Set(["INPUT", "TEXTAREA", "SELECT"]);
const dirty = new WeakSet();

document.addEventListener("input", (event) => dirty.add(event.target), true);
document.addEventListener("change", (event) => dirty.add(event.target), true);

/** Forget that somebody changed the fields of this form: it was sent. */
export function sent(form) {
  for (const field of form.elements) dirty.delete(field);
}

/** Whether somebody changed this field since it was last sent. */
export const isDirty = (field) => dirty.has(field);

/** Mark a field as changed by its person (text that came back after a reload). */
export const markDirty = (field) => dirty.add(field);

const keyOf = (node) => (node.nodeType === Node.ELEMENT_NODE ? node.id || "" : "");

const alike = (one, other) =>
  one.nodeType === other.nodeType && one.nodeName === other.nodeName && keyOf(one) === keyOf(other);

const isTick = (field) => field.type === "checkbox" || field.type === "radio";

function attributes(old, fresh) {
  const mine = new Set(["open"]); // dialogs, drawers and popovers are the person's
  if (FIELDS.has(old.tagName) && !isTick(old)) mine.add("value");
  if (isTick(old) && dirty.has(old)) mine.add("checked");
  for (const { name } of [...old.attributes]) {
    if (!fresh.hasAttribute(name) && !mine.has(name)) old.removeAttribute(name);
  }
  for (const { name, value } of fresh.attributes) {
    if (mine.has(name) && old.tagName !== "INPUT") continue;
    if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
}

function field(old, fresh) {
  if (dirty.has(old)) return;
  if (isTick(old)) old.checked = fresh.checked;
  else if (old === document.activeElement) return;
  else if (old.type === "hidden") old.value = fresh.value;
  else if (old.tagName !== "SELECT" && old.value !== fresh.value) old.value = fresh.value;
}

function one(old, fresh) {
  if (old.nodeType !== Node.ELEMENT_NODE) {
    if (old.nodeValue !== fresh.nodeValue) old.nodeValue = fresh.nodeValue;
    return;
  }
  if (old.isEqualNode(fresh) && !old.querySelector("input, textarea, select")) return;
  if (old.hasAttribute("data-key")) return; // the key of a submit that may still be under way
  attributes(old, fresh);
  if (old.tagName === "TEXTAREA") return field(old, fresh);
  children(old, fresh);
  if (FIELDS.has(old.tagName)) field(old, fresh);
}

function children(old, fresh) {
  const unused = new Set(old.childNodes);
  const keyed = new Map([...old.children].filter((child) => child.id).map((child) => [child.id, child]));
  // A thing with an id is itself wherever it stands; things without one are matched in order.
  const found = [...fresh.childNodes].map((next) => {
    const id = keyOf(next);
    const same = id ? keyed.get(id) : [...unused].find((child) => alike(child, next));
    if (!same || !unused.has(same) || same.nodeName !== next.nodeName) return null;
    unused.delete(same);
    return same;
  });
  for (const gone of unused) gone.remove();
  let here = old.firstChild;
  [...fresh.childNodes].forEach((next, place) => {
    const node = found[place] ?? document.importNode(next, true);
    if (node === here) here = here.nextSibling;
    else old.insertBefore(node, here);
    if (found[place]) one(node, next);
  });
}

/** Make `target` hold what `text` (HTML of our own server) says. */
export function morph(target, text) {
  const page = new DOMParser().parseFromString(text, "text/html");
  const busy = document.activeElement;
  children(target, page.body);
  if (busy && busy !== document.activeElement && busy.isConnected) busy.focus({ preventScroll: true });
}
