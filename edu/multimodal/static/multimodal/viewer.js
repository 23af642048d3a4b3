// The viewer: the player that the lines follow, boxes on the page, keys to turn pages.
import { players } from "./player.js";
import "./phrase.js";
import "./signs.js";

const viewer = document.querySelector("[data-viewer]");
players(document);

// Words and their place on the page show each other.
const box = (id) => document.querySelector(`[data-box="${CSS.escape(id)}"]`);
for (const part of document.querySelectorAll("[data-passage], [data-step]")) {
  const id = part.dataset.passage ?? part.dataset.step;
  part.addEventListener("mouseenter", () => box(id)?.classList.add("near"));
  part.addEventListener("mouseleave", () => box(id)?.classList.remove("near"));
}

// The quote itself, and not only the head of a long passage, comes into view.
const here = document.querySelector("[data-here]");
if (here) {
  const narrow = window.matchMedia("(max-width: 60rem)").matches;
  const marked = document.querySelector(".box.here");
  const target = narrow && marked ? marked : (here.querySelector("mark") ?? here);
  requestAnimationFrame(() => {
    target.scrollIntoView({ block: "center" });
    const pane = document.querySelector(".beside-picture");
    if (pane && marked && pane.scrollHeight > pane.clientHeight) {
      pane.scrollTop = marked.getBoundingClientRect().top - pane.getBoundingClientRect().top - pane.clientHeight / 3;
    }
  });
}

// Left and right turn pages, unless somebody writes or plays.
document.addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || !viewer) return;
  if (event.target.closest("input, textarea, select, audio, video, [contenteditable]")) return;
  const turn = { ArrowLeft: "back", ArrowRight: "on" }[event.key];
  const link = turn && viewer.querySelector(`a[data-turn="${turn}"]`);
  if (link) link.click();
});
