/// <reference lib="webworker" />
/**
 * Beside the page: keeps the app's own files for the moments without a signal, sends the outbox when the browser says
 * that there is a line again, and takes in recordings that another app shares. It never takes over by itself: a new
 * version waits until a page asks for it.
 */
import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from "workbox-precaching";
import { NavigationRoute, registerRoute } from "workbox-routing";
import { exchange } from "./lib/api/api";
import { digestOf } from "./lib/outbox/digest";
import { askSkew, Outbox } from "./lib/outbox/outbox";
import { alone } from "./lib/outbox/phone";
import { systemClock } from "./lib/outbox/retry";
import { keepShared, SHARE_PATH } from "./lib/capture/share";
import { OUTBOX_CHANNEL, OUTBOX_TAG, TAKE_OVER } from "./lib/outbox/sync";
import type { Me } from "./lib/types";
import { openVault } from "./lib/outbox/vault";

declare const self: ServiceWorkerGlobalScope;

/** Chromium's, not in the standard types. */
interface SyncEvent extends ExtendableEvent {
  readonly tag: string;
}

precacheAndRoute(self.__WB_MANIFEST);
cleanupOutdatedCaches();
// What the server itself answers: the contract, the page that explains the certificate, calendars and contacts.
const denylist = [/^\/api\//, /^\/trust/, /^\/caldav/, /^\/carddav/, /^\/\.well-known/];
registerRoute(new NavigationRoute(createHandlerBoundToURL("/index.html"), { denylist }));

self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("message", (event) => {
  if (event.data === TAKE_OVER) void self.skipWaiting();
});
self.addEventListener("sync", (event) => {
  const sync = event as SyncEvent;
  if (sync.tag === OUTBOX_TAG) sync.waitUntil(sendAll());
});

const pages = new BroadcastChannel(OUTBOX_CHANNEL);

/** Who this phone belongs to; nobody after it was shut out. */
async function rep(vault: Awaited<ReturnType<typeof openVault>>): Promise<string> {
  const me = (await vault.remembered("/me"))?.body as Me | undefined;
  return me?.employee.id ?? "";
}

async function sendAll(): Promise<void> {
  const vault = await openVault();
  const mine = await rep(vault);
  const changed = (): void => pages.postMessage("changed");
  const skew = (): Promise<number> => askSkew(exchange);
  const outbox = new Outbox({ vault, exchange, clock: systemClock, digest: digestOf, alone, skew, changed, checkedIn: changed });
  const wait = mine ? await outbox.flush(mine, true) : null;
  vault.close();
  // Failing is how the browser is told to try again later.
  if (wait !== null) throw new Error("some recordings are still on this phone");
}

async function takeIn(request: Request): Promise<Response> {
  const vault = await openVault();
  const form = await request.formData();
  const memo = await keepShared(vault, form, await rep(vault), Date.now());
  vault.close();
  pages.postMessage("changed");
  return Response.redirect(memo ? `/record?shared=${memo}` : "/record?shared=none", 303);
}

registerRoute(
  ({ url }) => url.pathname === SHARE_PATH,
  ({ request }) => takeIn(request),
  "POST",
);
