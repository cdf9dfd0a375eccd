import "fake-indexeddb/auto";

// Node 20 has no navigator; the words are the English ones.
if (!("navigator" in globalThis)) Object.assign(globalThis, { navigator: { language: "en-US" } });
