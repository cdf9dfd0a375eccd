/** One voice at a time: plays a recording, or only the seconds behind a value. */

interface Playing {
  /** The address of the sound, null when nothing was asked for yet. */
  url: string | null;
  playing: boolean;
  time_s: number;
  /** Where a span ends; null plays to the end. */
  until_s: number | null;
  failed: boolean;
}

/** A little before and after the words, so that one hears them whole. */
const LEAD_S = 0.35;
const TAIL_S = 0.35;

export const player = $state<Playing>({ url: null, playing: false, time_s: 0, until_s: null, failed: false });

let element: HTMLAudioElement | null = null;

export function soundOf(visit: string, memo: string): string {
  return `/api/visits/${visit}/memos/${memo}/audio`;
}

function follow(): void {
  if (!element || !player.playing) return;
  player.time_s = element.currentTime;
  if (player.until_s !== null && element.currentTime >= player.until_s) element.pause();
  requestAnimationFrame(follow);
}

function audio(): HTMLAudioElement {
  if (element) return element;
  element = new Audio();
  element.preload = "auto";
  element.onplay = () => {
    player.playing = true;
    requestAnimationFrame(follow);
  };
  element.onpause = () => (player.playing = false);
  element.onended = () => (player.playing = false);
  element.onerror = () => {
    player.failed = element?.getAttribute("src") !== null;
    player.playing = false;
  };
  return element;
}

function load(url: string): HTMLAudioElement {
  const sound = audio();
  if (player.url !== url) {
    sound.src = url;
    player.url = url;
    player.time_s = 0;
    player.failed = false;
  }
  return sound;
}

async function start(sound: HTMLAudioElement): Promise<void> {
  try {
    await sound.play();
  } catch (error) {
    // A newer wish interrupted this one, or the browser cannot play it; the second is told by onerror.
    if (!(error instanceof DOMException)) throw error;
  }
}

export function play(url: string, from_s?: number): void {
  const sound = load(url);
  player.until_s = null;
  if (from_s !== undefined) sound.currentTime = from_s;
  void start(sound);
}

export function playSpan(url: string, start_s: number, end_s: number): void {
  const sound = load(url);
  player.until_s = end_s + TAIL_S;
  sound.currentTime = Math.max(0, start_s - LEAD_S);
  void start(sound);
}

export function seek(url: string, to_s: number): void {
  const sound = load(url);
  player.until_s = null;
  sound.currentTime = to_s;
  player.time_s = to_s;
}

export function pause(): void {
  element?.pause();
}

/** Silence when the screen is left. */
export function stop(): void {
  element?.pause();
  element?.removeAttribute("src");
  player.url = null;
  player.time_s = 0;
}
