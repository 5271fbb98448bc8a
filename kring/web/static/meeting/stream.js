// The line to the server: "something changed, number n", at times with the new screen. It comes back by itself, from the last
// number it heard, a little later each time and never all phones at once.

const SILENT = 40_000; // the server says something at least every 24 s; silence means the line died
const FIRST = 400;
const LONGEST = 12_000;

/** Wait `ms`, up to a third longer or shorter, so that a full room does not knock together. */
export const rest = (ms) =>
  new Promise((done) => setTimeout(done, ms * (0.67 + 0.66 * Math.random())));

/**
 * Listen at `address()`. `heard(data)` for every message, `line(open)` when the line opens or
 * breaks, `gone()` when the pass no longer works (answers whether there is a new one). Returns a
 * function that ends it.
 */
export function listen(address, { heard, line, gone }) {
  let last = "";
  let ended = false;
  let now = null;
  let knock = null; // wakes a waiting retry (the phone is online again, somebody looks at it)

  async function once() {
    const cut = new AbortController();
    now = cut;
    let watchdog = setTimeout(() => cut.abort(), SILENT);
    try {
      const answer = await fetch(address(), {
        headers: { Accept: "text/event-stream", ...(last ? { "Last-Event-ID": last } : {}) },
        signal: cut.signal,
        cache: "no-store",
        credentials: "same-origin",
      });
      if (answer.status === 404 || answer.status === 401) return "gone";
      if (!answer.ok || !answer.body) return "broken";
      line(true);
      const words = answer.body.pipeThrough(new TextDecoderStream()).getReader();
      let rest = "";
      for (;;) {
        const { done, value } = await words.read();
        if (done) return "broken";
        clearTimeout(watchdog);
        watchdog = setTimeout(() => cut.abort(), SILENT);
        const parts = (rest + value).replaceAll("\r\n", "\n").split("\n\n");
        rest = parts.pop();
        for (const part of parts) message(part);
      }
    } catch {
      return "broken";
    } finally {
      clearTimeout(watchdog);
      cut.abort();
    }
  }

  function message(part) {
    let data = "";
    for (const row of part.split("\n")) {
      if (row.startsWith("id:")) last = row.slice(3).trim();
      else if (row.startsWith("data:")) data += row.slice(5).trim();
    }
    if (data) heard(data);
  }

  async function keep() {
    let wait = FIRST;
    while (!ended) {
      const began = Date.now();
      const how = await once();
      if (ended) return;
      line(false);
      if (how === "gone" && (await Promise.resolve().then(gone).catch(() => false))) continue;
      wait = Date.now() - began > SILENT ? FIRST : Math.min(wait * 1.7, LONGEST);
      await Promise.race([rest(wait), new Promise((wake) => (knock = wake))]);
    }
  }

  const wake = () => knock?.();
  addEventListener("online", wake);
  document.addEventListener("visibilitychange", wake);
  keep();
  return () => {
    ended = true;
    now?.abort();
    removeEventListener("online", wake);
    document.removeEventListener("visibilitychange", wake);
  };
}
