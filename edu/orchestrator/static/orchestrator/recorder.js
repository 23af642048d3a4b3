// The microphone of the composer: press, speak, press again; the recording is sent with the question.
// Where the browser gives no microphone (plain http on a network), the page says so instead.
export const recorder = (form) => {
  const nothing = { has: () => false, into: () => {}, clear: () => {} };
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
  const own = {
    has: () => Boolean(taken),
    into: (body) => taken && body.set("audio", taken, `question.${taken.type.includes("ogg") ? "ogg" : "webm"}`),
    clear: () => {
      taken = null;
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
    media = new MediaRecorder(stream);
    media.addEventListener("dataavailable", (event) => parts.push(event.data));
    media.addEventListener("stop", () => {
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
