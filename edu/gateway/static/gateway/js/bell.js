// The bell: a WebSocket of the person's own tells of a notice; the number and the words follow. Without
// it the number is that of when the page was drawn.
const bell = document.querySelector("[data-bell]");
const LONGEST = 60_000;
let pause = 2_000;
let socket = null;

function draw(unread) {
  const count = bell.querySelector("[data-bell-count]");
  count.textContent = unread;
  count.hidden = bell.querySelector("[data-bell-word]").hidden = !unread;
}

function listen() {
  if (socket || document.visibilityState === "hidden") return;
  socket = new WebSocket(`${location.protocol.replace("http", "ws")}//${location.host}/ws/me/`);
  socket.addEventListener("message", (event) => {
    const message = JSON.parse(event.data);
    if (typeof message.unread === "number") draw(message.unread);
    if (message.type === "ready") pause = 2_000;
    if (message.type !== "notification") return;
    const said = document.querySelector("[data-bell-said]");
    said.textContent = said.dataset.words.replace("{words}", message.text);
  });
  socket.addEventListener("close", (event) => {
    socket = null;
    if (event.code >= 4400 && event.code < 4500) return; // not signed in any more
    setTimeout(listen, pause * (0.75 + Math.random() / 2));
    pause = Math.min(LONGEST, pause * 2);
  });
}

if (bell && "WebSocket" in window) {
  // After the page itself: nobody waits for this.
  if (document.readyState === "complete") listen();
  else window.addEventListener("load", () => setTimeout(listen, 300));
  document.addEventListener("visibilitychange", listen);
  // A page that is kept for going back must not hold its connection.
  window.addEventListener("pagehide", () => socket?.close(1000));
}
