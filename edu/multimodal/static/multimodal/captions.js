// Captions put right: Enter keeps a line and goes on, Escape takes back, Ctrl and space plays it.
import { players } from "./player.js";

players(document);
const list = document.querySelector("[data-captions]");
const media = document.querySelector("[data-player] :is(audio, video)");
const rows = () => [...list.querySelectorAll("[data-caption]")];
for (const each of document.querySelectorAll("[data-script]")) each.hidden = false;

let end = null;
const play = (row) => {
  const time = row?.querySelector("[data-start]");
  if (!media || !time) return;
  media.currentTime = Number(time.dataset.start);
  end = Number(time.dataset.end) + 0.15;
  media.play().catch(() => {});
};
media?.addEventListener("timeupdate", () => {
  if (end !== null && media.currentTime >= end) {
    end = null;
    media.pause();
  }
  const at = media.currentTime + 0.05;
  for (const row of rows()) {
    const time = row.querySelector("[data-start]");
    row.classList.toggle("now", at >= Number(time.dataset.start) && at < Number(time.dataset.end));
  }
});

list?.addEventListener("click", (event) => {
  const time = event.target.closest("[data-start]");
  if (!time || !media || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  play(time.closest("[data-caption]"));
});

// A line is parted where it has a line break: where the cursor stands, if nobody has put one.
list?.addEventListener("click", (event) => {
  if (!event.target.closest("[data-split]")) return;
  const line = event.target.closest("[data-caption]").querySelector("[data-line]");
  const at = line.selectionStart;
  const text = line.value;
  if (!text.trim().includes("\n") && text.slice(0, at).trim() && text.slice(at).trim()) {
    line.value = `${text.slice(0, at)}\n${text.slice(at)}`;
  }
});

list?.addEventListener("keydown", (event) => {
  const line = event.target.closest("[data-line]");
  if (!line || event.isComposing) return;
  const row = line.closest("[data-caption]");
  if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    const next = row.nextElementSibling?.querySelector("[data-line]");
    if (line.value !== line.defaultValue) line.form.requestSubmit(row.querySelector("[data-keep]"));
    next?.focus();
  } else if (event.key === "Escape") {
    line.value = line.defaultValue;
  } else if (event.key === " " && event.ctrlKey) {
    event.preventDefault();
    if (media && !media.paused) media.pause();
    else play(row);
  }
});

// A line that was kept is drawn anew: whoever was still in it stays there.
list?.addEventListener("htmx:afterSwap", (event) => {
  if (document.activeElement === document.body) event.target.querySelector?.("[data-line]")?.focus();
});
