import { svelte } from "@sveltejs/vite-plugin-svelte";
import { VitePWA } from "vite-plugin-pwa";
import { defineConfig } from "vitest/config";

const GREEN = "#0b5d4b";

export default defineConfig({
  plugins: [
    svelte(),
    VitePWA({
      // "prompt": a new version waits until the rep says so, so that no running recording is torn down.
      registerType: "prompt",
      injectRegister: false,
      strategies: "injectManifest",
      srcDir: "src",
      filename: "sw.ts",
      includeAssets: ["icons/*.png", "icons/*.svg"],
      manifest: {
        id: "/",
        name: "Rounds",
        short_name: "Rounds",
        description: "Speak after a visit; the visit files itself.",
        start_url: "/",
        scope: "/",
        display: "standalone",
        orientation: "any",
        background_color: "#f6f5f1",
        theme_color: GREEN,
        icons: [
          { src: "/icons/192.png", sizes: "192x192", type: "image/png" },
          { src: "/icons/512.png", sizes: "512x512", type: "image/png" },
          { src: "/icons/maskable.png", sizes: "512x512", type: "image/png", purpose: "maskable" },
        ],
        shortcuts: [
          { name: "Record a visit", url: "/record", icons: [{ src: "/icons/192.png", sizes: "192x192" }] },
          { name: "Today", url: "/today", icons: [{ src: "/icons/192.png", sizes: "192x192" }] },
          { name: "Customers", url: "/customers", icons: [{ src: "/icons/192.png", sizes: "192x192" }] },
        ],
        share_target: {
          action: "/share",
          method: "POST",
          enctype: "multipart/form-data",
          params: {
            title: "title",
            files: [{ name: "sound", accept: ["audio/*", "video/mp4", "video/webm", ".m4a", ".opus", ".ogg", ".amr", ".3gp", ".aac"] }],
          },
        },
      },
      injectManifest: { globPatterns: ["**/*.{js,css,html,woff2,png,svg,webmanifest}"] },
    }),
  ],
  build: { target: "es2022", sourcemap: false },
  server: { proxy: { "/api": "http://127.0.0.1:8000" } },
  test: { include: ["tests/**/*.test.ts"], setupFiles: ["tests/setup.ts"], restoreMocks: true },
});
