// What somebody types stays. Ordinary text (K1, K2) also survives a reload of the page: it waits in
// this browser tab only. Confidential text (K3, K4: fields without data-hold) never leaves the page.

import { isDirty, markDirty } from "./morph.js";

const nameOf = (field) => `kring ${location.pathname} ${field.id}`;
const put = (name, text) => {
  try {
    if (text) sessionStorage.setItem(name, text);
    else sessionStorage.removeItem(name);
  } catch {
    // a browser that keeps nothing: the text still stands on the page
  }
};

/** Remember what is typed in fields with `data-hold`. */
export function hold(room) {
  room.addEventListener("input", ({ target }) => {
    if (target.matches("[data-hold]")) put(nameOf(target), target.value);
  });
}

/** Bring back what was typed before the page was loaded again. */
export function bringBack(room) {
  for (const field of room.querySelectorAll("[data-hold]")) {
    if (isDirty(field)) continue;
    let text = null;
    try {
      text = sessionStorage.getItem(nameOf(field));
    } catch {
      return;
    }
    if (!text) continue;
    field.value = text;
    markDirty(field);
  }
}

/** It arrived: forget it. */
export function letGo(form) {
  for (const field of form.elements) {
    if (!field.matches("[data-hold]")) continue;
    put(nameOf(field), "");
  }
}
