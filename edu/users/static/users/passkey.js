// Makes and uses passkeys: a form with data-passkey="create|get|sign-in" sends what the device signs.
const decode = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
const encode = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes))).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
const listed = (found) => found?.map((each) => ({ ...each, id: decode(each.id) }));

function options(told) {
  const key = { ...told, challenge: decode(told.challenge) };
  if (key.user) key.user = { ...key.user, id: decode(key.user.id) };
  if (key.excludeCredentials) key.excludeCredentials = listed(key.excludeCredentials);
  if (key.allowCredentials) key.allowCredentials = listed(key.allowCredentials);
  return key;
}

function plain(made) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (made.response[name]) response[name] = encode(made.response[name]);
  }
  if (made.response.getTransports) response.transports = made.response.getTransports();
  return { id: made.id, rawId: encode(made.rawId), type: made.type, response, clientExtensionResults: made.getClientExtensionResults() };
}

async function ask(form) {
  if (form.dataset.passkey === "sign-in") {
    const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(answer.statusText);
    return navigator.credentials.get({ publicKey: options((await answer.json()).request_options.publicKey) });
  }
  const told = JSON.parse(document.getElementById("passkey-options").textContent);
  if (form.dataset.passkey === "get") return navigator.credentials.get({ publicKey: options(told.request_options.publicKey) });
  const key = options(told.creation_options.publicKey);
  key.authenticatorSelection = { ...key.authenticatorSelection, residentKey: "required", requireResidentKey: true, userVerification: "required" };
  return navigator.credentials.create({ publicKey: key });
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  const failed = form.querySelector("[data-failed]");
  const refused = form.querySelector("[data-refused]");
  if (document.querySelector("[data-passkeys-by-address]")) continue; // it says why not
  if (!window.PublicKeyCredential || !window.isSecureContext) continue;
  form.hidden = false;
  document.querySelector("[data-no-passkeys]")?.remove();
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    failed.hidden = refused.hidden = true;
    try {
      form.elements.credential.value = JSON.stringify(plain(await ask(form)));
    } catch (error) {
      // The address is none for passkeys; or the person said no, waited too long, or the device has none.
      (error.name === "SecurityError" ? refused : failed).hidden = false;
      return;
    }
    form.submit();
  });
}
