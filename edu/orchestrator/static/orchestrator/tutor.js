// The conversation: the form is sent in the background, a WebSocket tells how the turn goes, and the
// server draws the turn when it is over. Without this file the same form and links work by themselves.
import { found, lost } from "../gateway/js/strip.js";
import { aloud } from "./aloud.js";
import { recorder } from "./recorder.js";
import { source } from "./source.js";
import { show } from "./words.js";

const root = document.querySelector("[data-tutor]");
const turns = root.querySelector("[data-turns]");
const composer = root.querySelector("[data-composer]");
const status = root.querySelector("[data-status]");
const draft = `edu-draft-${root.dataset.session}`;
const seen = new Map(); // turn -> number of the last message that was drawn
const said = new Map(); // turn -> its words so far
const quiet = { "X-Requested-With": "edu" };
let socket = null;
let pause = 500;

const box = (turn) => document.getElementById(`turn-${turn}`);
const working = () =>
  [...turns.querySelectorAll('[data-state="queued"], [data-state="running"]')].map((e) => e.dataset.turn);

const put = (turn, html) => {
  const made = document.createRange().createContextualFragment(html);
  turns.querySelector("[data-nothing]")?.remove();
  const old = turn && box(turn);
  if (old) old.replaceWith(made);
  else turns.append(made);
  // Only the newest turn can be answered in place.
  const all = turns.querySelectorAll(".turn");
  for (const each of [...all].slice(0, -1)) each.querySelector("[data-answer]")?.remove();
  return all[all.length - 1];
};

const redraw = async (turn) => {
  const answer = await fetch(root.dataset.turnUrl.replace("TURN", turn));
  if (!answer.ok) return;
  put(turn, await answer.text());
  said.delete(turn);
  if (working().includes(turn)) {
    seen.delete(turn); // drawn empty: its words come once more
    return;
  }
  const about = await fetch(root.dataset.aboutUrl);
  if (about.ok) document.getElementById("about").innerHTML = await about.text();
  first(box(turn));
  status.textContent = box(turn)?.querySelector(".answer, .abstain, .notice")?.textContent.trim() ?? "";
};

// --- live -----------------------------------------------------------------------------------------
const resume = (turn) => {
  if (socket?.readyState === WebSocket.OPEN)
    socket.send(JSON.stringify({ type: "resume", turn, seq: seen.get(turn) ?? 0 }));
};

const hear = (message) => {
  const turn = box(message.turn);
  const last = seen.get(message.turn) ?? 0;
  if (!turn || !message.seq || message.seq <= last) return;
  const over = message.type === "turn.finished" || message.type === "turn.failed";
  if (message.seq > last + 1 && !over) return resume(message.turn); // something was lost on the way
  seen.set(message.turn, message.seq);
  const words = turn.querySelector("[data-words]");
  switch (message.type) {
    case "turn.started":
      turn.dataset.state = "running";
      break;
    case "step": {
      const line = message.summary || message.agent;
      turn.querySelector("[data-line]").textContent = line;
      const steps = turn.querySelector("[data-steps]");
      const name = `${message.agent}-${message.task ?? ""}`;
      let item = steps.querySelector(`[data-name="${CSS.escape(name)}"]`);
      if (!item) {
        item = document.createElement("li");
        item.dataset.name = name;
        steps.append(item);
      }
      item.textContent = `${message.agent}: ${line}`;
      break;
    }
    case "heard":
    case "seen":
      turn.querySelector(`[data-${message.type}]`).textContent = message.text;
      break;
    case "token":
      said.set(message.turn, (said.get(message.turn) ?? "") + message.text);
      if (words) show(words, said.get(message.turn));
      break;
    case "retract":
      said.delete(message.turn);
      words?.replaceChildren();
      break;
    case "turn.finished":
    case "turn.failed":
      redraw(message.turn);
      break;
  }
};

const connect = () => {
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  socket = new WebSocket(`${scheme}://${location.host}/ws/sessions/${root.dataset.session}/`);
  socket.addEventListener("open", () => {
    pause = 500;
    found("tutor");
    for (const turn of working()) resume(turn);
  });
  socket.addEventListener("message", (event) => {
    if (typeof event.data !== "string") return;
    const message = JSON.parse(event.data);
    if (message.type === "audio.partial") voice.heard(message.text);
    else hear(message);
  });
  socket.addEventListener("close", () => {
    if (pause > 2000) lost("tutor");
    setTimeout(connect, pause);
    pause = Math.min(15000, pause * 2);
  });
};
connect();
// Whatever the socket does, a turn that is over is drawn within seconds.
setInterval(() => {
  const open = socket?.readyState === WebSocket.OPEN;
  for (const turn of working()) open ? resume(turn) : redraw(turn);
}, 2000);

// --- asking ---------------------------------------------------------------------------------------
const refuse = (text) => {
  const notice = composer.querySelector("[data-refused]");
  notice.querySelector("p").textContent = text;
  notice.hidden = !text;
};

const send = async (form, submitter) => {
  const body = new FormData(form, submitter);
  const rough = form === composer && voice.has() ? voice.words() : "";
  if (form === composer) voice.into(body);
  refuse("");
  try {
    const answer = await fetch(form.action, { method: "POST", body, headers: quiet });
    if (!answer.ok) {
      refuse(await answer.text());
      return false;
    }
    const turn = put(null, await answer.text());
    const heard = turn.querySelector("[data-heard]");
    if (rough && heard && !heard.textContent) heard.textContent = `${rough} …`; // until it is heard well
    turn.scrollIntoView({ block: "start", behavior: "auto" });
    resume(turn.dataset.turn);
    return true;
  } catch {
    lost("request");
    return false;
  }
};

const field = composer?.querySelector("textarea");
const voice = recorder(composer, () => (socket?.readyState === WebSocket.OPEN ? socket : null));
composer?.addEventListener("submit", async (event) => {
  event.preventDefault();
  const wants = event.submitter?.name === "wants";
  const empty = !field.value.trim() && !voice.has() && ![...composer.querySelectorAll("[type=file]")].some((e) => e.files.length);
  if (empty && !wants) return field.focus();
  if (await send(composer, event.submitter)) {
    const aloud = composer.elements.aloud.checked;
    composer.reset();
    composer.elements.aloud.checked = aloud;
    voice.clear();
    sessionStorage.removeItem(draft);
  }
});
field?.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    composer.requestSubmit(composer.querySelector("[data-send]"));
  }
});
// Words are kept through a lost connection and a reload.
if (field) {
  field.value ||= sessionStorage.getItem(draft) ?? "";
  field.addEventListener("input", () => sessionStorage.setItem(draft, field.value));
}
turns.addEventListener("submit", async (event) => {
  event.preventDefault();
  const form = event.target;
  if (form.matches("[data-stop]")) {
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers: quiet });
    if (answer.ok) put(form.closest(".turn").dataset.turn, await answer.text());
  } else if (await send(form, event.submitter)) form.remove();
});

const first = source(root);
aloud(root, refuse);
// A talk that is taken up again begins where it was left.
if (!location.hash && turns.children.length > 1) turns.lastElementChild.scrollIntoView({ block: "start", behavior: "auto" });
