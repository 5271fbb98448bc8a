// Easy reading on this device: pictures and the fewest words. Only this choice is remembered here.

const PLACE = "kring:easier";

const remembered = () => {
  try {
    return localStorage.getItem(PLACE);
  } catch {
    return null; // a browser that keeps nothing
  }
};

/** Buttons `data-easier` change `room` from all words to easy ones and back. */
export function easier(room) {
  document.documentElement.classList.add("can-ease");
  const chosen = remembered();
  if (chosen !== null) room.classList.toggle("reads-easy", chosen === "yes");
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-easier]")) return;
    const now = room.classList.toggle("reads-easy");
    try {
      localStorage.setItem(PLACE, now ? "yes" : "no");
    } catch {
      // it holds until the page is left
    }
  });
}
