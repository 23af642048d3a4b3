import { able, Closed, send as sendDirect } from "./direct.js";

// <form data-bring>: files are dropped or chosen, and each is sent by itself with a bar of its own.
// The answer to each is its row of the list, which from then on tells how far the reading is.
const form = document.querySelector("form[data-bring]");
const list = document.getElementById("materials");
const told = document.getElementById("told");
const words = form?.dataset ?? {};
const AT_ONCE = 2;
const queue = [];
let running = 0;

const element = (html) => {
  const holder = document.createElement("template");
  holder.innerHTML = html; // rows that the server rendered
  return holder.content.firstElementChild;
};

// A row of ours while a file is on its way: only text is put into it, never markup.
function sending(file) {
  const row = element(`<li class="material"><span class="material-icon"></span><div class="material-words">
    <h3 class="material-title"><bdi></bdi></h3><div class="material-state"><p class="small sans"></p>
    <div class="material-progress"><progress max="100" value="0"></progress>
    <button type="button" class="button quiet small"></button></div></div></div></li>`);
  row.querySelector("bdi").textContent = file.name;
  const line = row.querySelector("p");
  line.textContent = words.sending;
  const bar = row.querySelector("progress");
  bar.setAttribute("aria-label", file.name);
  const stop = row.querySelector("button");
  stop.textContent = words.stop;
  stop.setAttribute("aria-label", `${words.stop} ${file.name}`);
  return { row, line, bar, stop };
}

function refused(file, why) {
  const row = element(`<li class="material"><span class="material-icon"></span><div class="material-words">
    <h3 class="material-title"><bdi></bdi></h3><div class="notice wrong" role="alert"><p></p></div></div></li>`);
  row.querySelector("bdi").textContent = file.name;
  row.querySelector("p").textContent = why;
  return row;
}

// What was refused can be put away; it is nowhere but on this page.
function dismissable(row) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button bare small";
  button.textContent = words.dismiss;
  button.addEventListener("click", () => row.remove());
  row.querySelector(".notice")?.append(button);
  return row;
}

// With a list below it, the zone needs few words.
function slim() {
  form.classList.add("slim");
  form.querySelector("[data-heading]")?.classList.add("visually-hidden");
  form.querySelector("[data-first]")?.remove();
  for (const each of form.querySelectorAll("[data-then]")) each.hidden = false;
}

function watch() {
  const at = document.getElementById("watch");
  if (at && !at.hasAttribute("hx-get")) {
    window.htmx.ajax("GET", liveUrl(), { target: "#watch", swap: "outerHTML" });
  }
}
const liveUrl = () => {
  const query = new URLSearchParams();
  for (const each of list.querySelectorAll("[name=live]")) query.append("live", each.value);
  return `${document.getElementById("watch").dataset.url}?${query}`;
};

// Straight to the store, where that is offered; then only its name is sent here.
async function sendAway(file, shown) {
  const stopper = new AbortController();
  const stop = () => stopper.abort();
  shown.stop.addEventListener("click", stop);
  try {
    const upload = await sendDirect(form, file, stopper.signal, (share) => showShare(shown, share));
    send(file, shown, upload);
  } catch (error) {
    if (error instanceof Closed || error instanceof TypeError) send(file, shown);
    else {
      shown.row.remove();
      running -= 1;
      next();
    }
  } finally {
    shown.stop.removeEventListener("click", stop);
  }
}

function showShare(shown, share) {
  const percent = Math.round(100 * share);
  if (percent >= 100) shown.bar.removeAttribute("value");
  else shown.bar.value = percent;
  shown.line.textContent = percent >= 100 ? words.looking : `${words.sending}, ${percent} %`;
}

function send(file, shown, upload) {
  const request = new XMLHttpRequest();
  const body = new FormData(form);
  body.delete("file");
  if (upload) {
    body.append("upload", upload);
    body.append("name", file.name);
  } else body.append("file", file, file.name);
  const done = (row) => {
    shown.row.replaceWith(row);
    running -= 1;
    next();
  };
  const fail = (why) => done(dismissable(refused(file, why)));
  request.upload.addEventListener("progress", (event) => {
    if (event.lengthComputable) showShare(shown, event.loaded / event.total);
  });
  request.addEventListener("load", () => {
    const html = (request.getResponseHeader("Content-Type") ?? "").startsWith("text/html");
    const row = html ? element(request.responseText.trim()) : null;
    if (row?.matches("li.material")) {
      if (request.status !== 201) dismissable(row);
      done(row);
      if (request.status === 201) {
        window.htmx.process(row);
        watch();
      }
    } else fail(request.status === 413 ? words.tooLarge : row?.textContent.trim() || words.lost);
  });
  request.addEventListener("error", () => fail(words.lost));
  request.addEventListener("abort", () => {
    shown.row.remove();
    running -= 1;
    next();
  });
  shown.stop.addEventListener("click", () => request.abort());
  request.open("POST", form.action);
  request.setRequestHeader("HX-Request", "true");
  request.send(body);
}

function next() {
  while (running < AT_ONCE && queue.length) {
    const [file, shown] = queue.shift();
    if (!shown.row.isConnected) continue;
    running += 1;
    if (able(form)) sendAway(file, shown);
    else send(file, shown);
  }
}

function bring(files) {
  if (!files.length) return;
  list.hidden = false;
  slim();
  document.getElementById("list")?.classList.remove("visually-hidden");
  for (const file of files) {
    if (file.size > Number(words.limit) * 1_000_000) {
      list.prepend(dismissable(refused(file, words.tooLarge)));
      continue;
    }
    const shown = sending(file);
    shown.stop.addEventListener("click", () => shown.row.remove());
    list.prepend(shown.row);
    queue.push([file, shown]);
  }
  if (told) told.textContent = `${words.sending}: ${files.length}`;
  next();
}

if (form && window.htmx) {
  const input = form.querySelector("input[type=file]");
  form.classList.add("scripted");
  for (const each of form.querySelectorAll("[data-plain]")) each.hidden = true;
  for (const each of form.querySelectorAll("[data-script]")) each.hidden = false;
  input.hidden = true;
  if (form.classList.contains("slim")) slim();
  form.querySelector("[data-choose]").addEventListener("click", () => input.click());
  input.addEventListener("change", () => {
    bring([...input.files]);
    input.value = "";
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    bring([...input.files]);
  });
  // The whole page takes a drop, so that a file let go beside the zone does not replace the page.
  let depth = 0;
  const holds = (event) => event.dataTransfer?.types.includes("Files");
  const over = (is) => form.classList.toggle("over", is);
  document.addEventListener("dragenter", (event) => { if (holds(event)) { depth += 1; over(true); } });
  document.addEventListener("dragleave", () => { depth = Math.max(0, depth - 1); if (!depth) over(false); });
  document.addEventListener("dragover", (event) => { if (holds(event)) event.preventDefault(); });
  document.addEventListener("drop", (event) => {
    if (!holds(event)) return;
    event.preventDefault();
    depth = 0;
    over(false);
    bring([...event.dataTransfer.files]);
  });
}
