/*
 * Keeps the console's own files, so that it opens at once and shows its frame without a network. It never answers for the
 * server: calls, streams, media and everything else that is not listed here passes by untouched.
 *
 * The build fills in the two constants below; see `build/add-service-worker.ts`.
 */
const BUILD = "%BUILD%";
const FILES = ["%FILES%"];
const PAGE = "/";

self.addEventListener("install", (event) => {
  passCalls(event);
  event.waitUntil(
    caches
      .open(BUILD)
      .then((cache) =>
        cache.addAll([...FILES, new Request(PAGE, { headers: { accept: "text/html" } })]),
      )
      .then(() => self.skipWaiting()),
  );
});

/**
 * Calls go to the server without a look here. What a page says while it is being closed would else be handed to this worker and
 * be lost with the page. A browser that knows no routes still asks it; there the server hears of the closed tab a little later.
 */
function passCalls(event) {
  const calls = { urlPattern: { pathname: "/console/*" } };
  event.addRoutes?.({ condition: calls, source: "network" }).catch(() => undefined);
}

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) =>
        Promise.all(
          names
            .filter((name) => name.startsWith("recado-") && name !== BUILD)
            .map((name) => caches.delete(name)),
        ),
      )
      .then(() => self.clients.claim()),
  );
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (url.pathname.startsWith("/assets/")) event.respondWith(answerFile(request));
  else if (request.mode === "navigate" && isPage(url.pathname))
    event.respondWith(answerPage(request));
});

/** A file's name holds a hash of its content: what is kept is right for ever. */
async function answerFile(request) {
  const cache = await caches.open(BUILD);
  const kept = await cache.match(request);
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok) await cache.put(request, answer.clone());
  return answer;
}

/** The network first: another build has other files. Without one, the frame says that there is none. */
async function answerPage(request) {
  try {
    return await fetch(request);
  } catch (error) {
    const cache = await caches.open(BUILD);
    const kept = await cache.match(PAGE);
    if (kept) return kept;
    throw error;
  }
}

/** What a person may open by its address and is not the console's: the reference, downloads, files. */
function isPage(path) {
  return !/^\/(v1|admin|console|bot|hooks|media|health|metrics|assets)(\/|$)/.test(path);
}
