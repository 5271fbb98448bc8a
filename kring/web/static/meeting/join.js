// Big letters to tap. Without this the field is an ordinary field.
import { readAloud } from "./read.js";

readAloud(document);
const keys = document.querySelector("[data-keys]");
const code = document.getElementById("code");
if (keys && code) {
  keys.hidden = false;
  if (matchMedia("(pointer: coarse)").matches) code.inputMode = "none"; // the page's keys do
  const put = (text) => {
    code.value = text.slice(0, 6);
    code.dispatchEvent(new Event("input", { bubbles: true }));
    if (code.value.length === 6) code.form.querySelector("button.main").focus();
  };
  keys.addEventListener("click", (event) => {
    const key = event.target.closest("button");
    if (!key) return;
    const now = code.value.replace(/[^a-z]/gi, "");
    if (key.hasAttribute("data-wipe")) put(now.slice(0, -1));
    else put(now + key.dataset.letter);
  });
}
