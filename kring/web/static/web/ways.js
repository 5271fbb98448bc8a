// Small ways of the page: dialogs, toasts, fresh keys. Everything works without them too.
document.documentElement.classList.add("lively");

// Buttons that open a dialog, and messages that may be put away
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  if (opener) document.getElementById(opener.dataset.opens)?.showModal();
  const away = event.target.closest("[data-put-away]");
  if (away) away.closest("[data-toast]").remove();
});

// A key names one submit. The same form sent twice keeps its key; after success, or when the
// browser brings back an old page, the next submit is a new one.
const renew = (root) => {
  for (const input of root.querySelectorAll("input[data-key]")) input.value = newKey();
};

const newKey = () => {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
};

addEventListener("pageshow", (event) => {
  if (event.persisted) renew(document);
});

document.addEventListener("htmx:after:request", (event) => {
  const response = event.detail?.ctx?.response;
  const form = event.target.closest?.("form");
  if (form && response && response.status < 300) renew(form);
});

// A slow network: the button says that it heard you, and hears you once
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method === "dialog" || form.method === "get") return;
  if (form.dataset.sent) event.preventDefault();
  else form.dataset.sent = "yes";
  setTimeout(() => delete form.dataset.sent, 3000);
});

// The page for when the network is away, in the reader's language
if (navigator.serviceWorker) {
  const language = document.documentElement.lang;
  addEventListener("load", () => navigator.serviceWorker.register(`/offline.js?${language}`).catch(() => {}));
}

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-back]")) history.back();
});
