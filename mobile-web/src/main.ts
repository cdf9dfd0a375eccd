import "./app.css";
import { mount } from "svelte";
import App from "./App.svelte";
import { pickedLanguage, speak } from "./lib/texts";

const target = document.getElementById("app");
if (!target) throw new Error("the page has no place for the app");
// No await at the top: with one the build cuts the entry into many small files.
void speak(pickedLanguage(), navigator.languages).then((language) => {
  document.documentElement.lang = language;
  mount(App, { target });
});
