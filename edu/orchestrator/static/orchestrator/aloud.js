// Reads an answer aloud, sentence by sentence, and marks the one that is being read. Only when asked.
export const aloud = (root, refuse) => {
  const token = root.querySelector("[name=csrfmiddlewaretoken]")?.value;
  let playing = null;

  const speak = async (text) => {
    const answer = await fetch("/api/v1/speech", {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "audio/wav", "X-CSRFToken": token },
      body: JSON.stringify({ text, voice: root.dataset.voice, speed: Number(root.dataset.speed) || 1 }),
    });
    if (!answer.ok) throw new Error(root.dataset.mute);
    return URL.createObjectURL(await answer.blob());
  };

  const stop = () => {
    playing?.sound.pause();
    playing?.button.setAttribute("aria-pressed", "false");
    playing?.turn.querySelector(".said.now")?.classList.remove("now");
    playing = null;
  };

  const play = async (button) => {
    const turn = button.closest(".turn");
    const mine = (playing = { turn, button, sound: new Audio() });
    button.setAttribute("aria-pressed", "true");
    const lines = [...turn.querySelectorAll("[data-say]")];
    let next = lines.length ? speak(lines[0].textContent) : null;
    try {
      for (const [place, line] of lines.entries()) {
        const url = await next;
        next = lines[place + 1] ? speak(lines[place + 1].textContent) : null;
        if (playing !== mine) break;
        const said = line.closest(".said");
        said?.classList.add("now");
        mine.sound.src = url;
        await new Promise((done, failed) => {
          mine.sound.onended = mine.sound.onpause = done;
          mine.sound.onerror = failed;
          mine.sound.play().catch(failed);
        });
        said?.classList.remove("now");
        URL.revokeObjectURL(url);
      }
    } catch (error) {
      refuse(error.message ?? root.dataset.mute);
    }
    if (playing === mine) stop();
  };

  root.addEventListener("click", (event) => {
    const button = event.target.closest("[data-aloud]");
    if (!button) return;
    const again = playing?.button === button;
    stop();
    if (!again) play(button);
  });
};
