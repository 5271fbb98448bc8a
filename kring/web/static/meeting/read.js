// Read aloud with the browser's own voice. Nothing is sent anywhere.

/** Buttons `data-read="<id>"` read that element in the page's language; without a voice they hide. */
export function readAloud(page) {
  const voice = window.speechSynthesis;
  page.documentElement.classList.toggle("can-read", Boolean(voice));
  if (!voice) return;
  page.addEventListener("click", (event) => {
    const button = event.target.closest("[data-read]");
    if (!button) return;
    if (voice.speaking) return voice.cancel();
    const spot = document.getElementById(button.dataset.read);
    if (!spot) return;
    const words = new SpeechSynthesisUtterance(spot.innerText);
    words.lang = (spot.closest("[lang]") ?? document.documentElement).lang === "en" ? "en-GB" : "nl-NL";
    words.rate = 0.92;
    voice.speak(words);
  });
}
