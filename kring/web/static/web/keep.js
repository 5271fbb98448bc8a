// Keeps what somebody types through a reload or a lost connection. Only for fields that ask for it
// with data-keep="<place>" (classes K1 and K2): session storage, gone with the window. Text of
// class K3 and K4 never carries the attribute and stays in the page.
const PREFIX = "kring:typed:";

const nameOf = (field) => `${PREFIX}${location.pathname}:${field.dataset.keep}:${field.name}`;

const bringBack = (root) => {
  for (const field of root.querySelectorAll?.("[data-keep]") ?? []) {
    try {
      const kept = sessionStorage.getItem(nameOf(field));
      if (kept !== null && !field.value) field.value = kept;
    } catch {
      return; // storage is off: typing still works
    }
  }
};

const put = (field) => {
  try {
    if (field.value) sessionStorage.setItem(nameOf(field), field.value);
    else sessionStorage.removeItem(nameOf(field));
  } catch {
    // storage is full or off: typing still works
  }
};

const forget = (form) => {
  for (const field of form.querySelectorAll("[data-keep]")) sessionStorage.removeItem(nameOf(field));
};

document.addEventListener("input", (event) => {
  if (event.target.matches?.("[data-keep]")) put(event.target);
});

// An ordinary submit leaves the page; the text goes only once the next page came from the server
document.addEventListener("submit", (event) => {
  const names = [...event.target.querySelectorAll("[data-keep]")].map(nameOf);
  if (names.length) sessionStorage.setItem(`${PREFIX}sent`, JSON.stringify(names));
});

// (a reload or a typed address after a failed submit is not an arrival: then the text comes back)
const arrived = () => {
  const sent = sessionStorage.getItem(`${PREFIX}sent`);
  const came = performance.getEntriesByType("navigation")[0]?.type;
  const offline = document.querySelector("meta[name=kring-offline]");
  if (!sent || offline || came !== "navigate" || !document.referrer) return;
  for (const name of JSON.parse(sent)) sessionStorage.removeItem(name);
  sessionStorage.removeItem(`${PREFIX}sent`);
};

document.addEventListener("htmx:after:request", (event) => {
  const response = event.detail?.ctx?.response;
  const form = event.target.closest?.("form");
  if (form && response && response.status < 300) forget(form);
});

document.addEventListener("htmx:after:process", (event) => bringBack(event.target));

arrived();
bringBack(document);
