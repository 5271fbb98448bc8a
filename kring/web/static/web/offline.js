// When the network is away, a page says so in Kring's own words instead of the browser's.
// Only that one page and its style sheets are ever kept; nothing anybody wrote or read.
const NAME = "kring-offline";
const PAGE = "/offline/";

const keep = async () => {
  const cache = await caches.open(NAME);
  const page = await fetch(PAGE, { cache: "no-store" });
  if (!page.ok) return;
  const html = await page.clone().text();
  const sheets = [...html.matchAll(/<link rel="stylesheet" href="([^"]+)"/g)].map((found) => found[1]);
  await Promise.all((await cache.keys()).map((old) => cache.delete(old)));
  await cache.put(PAGE, page);
  await cache.addAll(sheets);
};

addEventListener("install", (event) => {
  skipWaiting();
  event.waitUntil(keep());
});

addEventListener("activate", (event) => event.waitUntil(clients.claim()));

addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.mode === "navigate") {
    event.respondWith(fetch(request).catch(() => caches.match(PAGE).then((page) => page ?? Response.error())));
  } else if (request.destination === "style") {
    event.respondWith(fetch(request).catch(() => caches.match(request).then((sheet) => sheet ?? Response.error())));
  }
});
