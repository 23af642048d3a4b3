// The microphone of the composer: press, speak, press again; the recording is sent with the question.
// Where the browser gives no microphone (plain http on a network), the page says so instead.
// While somebody speaks, `wire` (the socket, when it is open) brings words back: rough ones, which are
// shown and go with the recording; what counts is heard when the question is asked.
export const recorder = (form, wire) => {
  const nothing = { has: () => false, into: () => {}, clear: () => {}, heard: () => {}, words: () => "" };
  if (!form) return nothing;
  const tray = form.querySelector("[data-tray]");
  const names = new Map();

  const show = () => {
    tray.replaceChildren(
      ...[...names].map(([name, text]) => {
        const tag = document.createElement("span");
        tag.className = "tag";
        tag.dataset.name = name;
        tag.textContent = text;
        return tag;
      }),
    );
    tray.hidden = !names.size;
  };
  for (const input of form.querySelectorAll("[data-brings]"))
    input.addEventListener("change", () => {
      if (input.files.length) names.set(input.name, input.files[0].name);
      else names.delete(input.name);
      show();
    });

  let taken = null;
  const partial = form.querySelector("[data-partial]");
  const rough = (text) => {
    partial.querySelector("[data-partial-words]").textContent = text;
    partial.hidden = !text;
  };
  const own = {
    heard: (text) => media && rough(text),
    words: () => partial.querySelector("[data-partial-words]").textContent,
    has: () => Boolean(taken),
    into: (body) => taken && body.set("audio", taken, `question.${taken.type.includes("ogg") ? "ogg" : "webm"}`),
    clear: () => {
      taken = null;
      rough("");
      names.clear();
      show();
    },
  };
  const button = form.querySelector("[data-record]");
  if (!navigator.mediaDevices?.getUserMedia || !window.MediaRecorder) {
    form.querySelector("[data-no-microphone]").hidden = false;
    return own;
  }
  button.hidden = false;
  const word = button.querySelector("[data-record-word]");
  const level = form.querySelector("[data-level]");
  let media = null;

  const meter = (stream) => {
    const context = new AudioContext();
    const analyser = context.createAnalyser();
    const samples = new Float32Array(analyser.fftSize);
    context.createMediaStreamSource(stream).connect(analyser);
    const draw = () => {
      if (!media) return context.close();
      analyser.getFloatTimeDomainData(samples);
      level.value = Math.min(1, 4 * Math.sqrt(samples.reduce((sum, x) => sum + x * x, 0) / samples.length));
      requestAnimationFrame(draw);
    };
    draw();
  };

  // Sound to the socket, for words while somebody speaks; whatever is missing for it, it is left out.
  const speak = async (stream) => {
    const socket = wire();
    if (!socket || !window.AudioWorkletNode) return () => {};
    const context = new AudioContext();
    try {
      await context.audioWorklet.addModule(form.dataset.pcm);
    } catch {
      context.close();
      return () => {};
    }
    const samples = new AudioWorkletNode(context, "samples", { numberOfOutputs: 0 });
    const send = (what) => socket.readyState === WebSocket.OPEN && socket.send(what);
    send(JSON.stringify({ type: "audio.start", format: "pcm16", rate: 16000, partials: true }));
    // A line that does not keep up is not filled: words are worth nothing when they are late.
    samples.port.onmessage = (event) => socket.bufferedAmount < 200000 && send(event.data);
    context.createMediaStreamSource(stream).connect(samples);
    return () => {
      samples.port.onmessage = null;
      send(JSON.stringify({ type: "audio.drop" }));
      context.close();
    };
  };

  const start = async () => {
    let stream;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    } catch {
      form.querySelector("[data-no-microphone]").hidden = false;
      return;
    }
    const parts = [];
    const began = Date.now();
    rough("");
    media = new MediaRecorder(stream);
    const hush = speak(stream);
    media.addEventListener("dataavailable", (event) => parts.push(event.data));
    media.addEventListener("stop", () => {
      hush.then((stop) => stop());
      stream.getTracks().forEach((track) => track.stop());
      taken = new Blob(parts, { type: media.mimeType });
      media = null;
      level.hidden = true;
      button.setAttribute("aria-pressed", "false");
      word.textContent = word.dataset.start;
      names.set("audio", `${Math.round((Date.now() - began) / 1000)} s`);
      show();
      form.querySelector("[data-send]").focus();
    });
    media.start();
    level.hidden = false;
    button.setAttribute("aria-pressed", "true");
    word.textContent = word.dataset.stop;
    meter(stream);
  };

  button.addEventListener("click", () => (media ? media.stop() : start()));
  return own;
};
