/** Paths to screens. Plain links work; a click on one inside the app changes the screen without a load. */

export const route = $state({ path: location.pathname, query: location.search });

const scrolls = new Map<string, number>();
let depth = 0;

function show(): void {
  route.path = location.pathname;
  route.query = location.search;
}

/** A path's segments, such as ["customers", "c1"]. */
export function segments(): string[] {
  return route.path.split("/").filter(Boolean).map(decodeURIComponent);
}

export function queryOf(name: string): string | null {
  return new URLSearchParams(route.query).get(name);
}

export function go(path: string, how: "push" | "replace" = "push"): void {
  scrolls.set(location.pathname, scrollY);
  if (how === "push") {
    depth += 1;
    history.pushState({ depth }, "", path);
  } else {
    history.replaceState({ depth }, "", path);
  }
  show();
  scrollTo(0, 0);
}

/** Back inside the app, or to the parent screen when the app was opened right here. */
export function back(parent: string): void {
  if (depth > 0) history.back();
  else go(parent, "replace");
}

/** Lists come in a moment after the screen does: tries for a second to scroll back to where the reader was. */
function restoreScroll(): void {
  const wanted = scrolls.get(location.pathname) ?? 0;
  const until = performance.now() + 1_000;
  const step = (): void => {
    scrollTo(0, wanted);
    if (Math.abs(scrollY - wanted) > 2 && performance.now() < until) requestAnimationFrame(step);
  };
  requestAnimationFrame(step);
}

function onClick(event: MouseEvent): void {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
  const link = (event.target as Element | null)?.closest("a");
  if (!link || link.target || link.hasAttribute("download") || link.origin !== location.origin) return;
  if (link.pathname.startsWith("/api/") || link.pathname.startsWith("/trust")) return;
  event.preventDefault();
  go(link.pathname + link.search + link.hash);
}

export function startRouter(): void {
  history.scrollRestoration = "manual";
  history.replaceState({ depth }, "");
  addEventListener("popstate", (event: PopStateEvent) => {
    depth = (event.state as { depth?: number } | null)?.depth ?? 0;
    show();
    restoreScroll();
  });
  document.addEventListener("click", onClick);
}
