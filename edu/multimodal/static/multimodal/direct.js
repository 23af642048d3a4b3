// A file straight to the store, where the page names one (data-direct on the form): announced, cut into
// parts, each sent to an address that takes just these bytes, and then finished here. Whoever cannot do
// that (an old browser, a page without TLS, a store that does not answer) sends the file as a form.

export const able = (form) => Boolean(form.dataset.direct && window.crypto?.subtle);

const hex = (bytes) => [...new Uint8Array(bytes)].map((each) => each.toString(16).padStart(2, "0")).join("");

// A refusal is about the file and is final; anything else means that this way is closed.
export class Closed extends Error {}

async function ask(form, method, url, body, signal) {
  const answer = await fetch(url, {
    method,
    signal,
    headers: {
      "Content-Type": "application/json",
      "X-CSRFToken": form.querySelector("[name=csrfmiddlewaretoken]").value,
    },
    body: body && JSON.stringify(body),
  });
  if (!answer.ok) throw new Closed(String(answer.status));
  return answer.status === 204 ? null : answer.json();
}

function put(part, bytes, signal, progress) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.upload.addEventListener("progress", (event) => progress(event.loaded));
    request.addEventListener("load", () => (request.status < 300 ? resolve() : reject(new Closed(String(request.status)))));
    request.addEventListener("error", () => reject(new Closed("network")));
    request.addEventListener("abort", () => reject(new DOMException("stopped", "AbortError")));
    signal.addEventListener("abort", () => request.abort());
    request.open("PUT", part.url);
    for (const [name, value] of Object.entries(part.headers)) request.setRequestHeader(name, value);
    request.send(bytes);
  });
}

// Returns the id of the upload, all of whose parts lie in the store; throws Closed, or AbortError.
export async function send(form, file, signal, progress) {
  const type = file.type || "application/octet-stream";
  const told = { file_name: file.name.slice(-255), bytes: file.size, media_type: type };
  const upload = await ask(form, "POST", form.dataset.direct, told, signal);
  const here = `/api/v1/uploads/${upload.id}`;
  try {
    for (let number = 1; number <= upload.parts; number += 1) {
      const from = (number - 1) * upload.part_bytes;
      const bytes = await file.slice(from, from + upload.part_bytes).arrayBuffer();
      const sha256 = hex(await crypto.subtle.digest("SHA-256", bytes));
      for (let left = 2; ; left -= 1) {
        try {
          const part = await ask(form, "POST", `${here}/parts`, { number, sha256 }, signal);
          await put(part, bytes, signal, (loaded) => progress((from + loaded) / Math.max(1, file.size)));
          break;
        } catch (error) {
          if (!left || !(error instanceof Closed) || error.message === "403") throw error;
        }
      }
    }
  } catch (error) {
    ask(form, "DELETE", here).catch(() => {}); // what is left goes by itself after a day
    throw error;
  }
  return upload.id;
}
