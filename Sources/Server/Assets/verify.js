// Checks the proof that an entry is in the sealed history (RFC 9162, Ed25519), in the browser alone: nothing is sent.

const bytes = (text) => new TextEncoder().encode(text);
const hex = (data) => [...data].map((byte) => byte.toString(16).padStart(2, "0")).join("");
const decode = (text) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0));

async function hash(...pieces) {
  const joined = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let place = 0;
  for (const piece of pieces) {
    joined.set(piece, place);
    place += piece.length;
  }
  return new Uint8Array(await crypto.subtle.digest("SHA-256", joined));
}

function read(text) {
  if (!text.startsWith("khop1.")) throw new Error("text");
  const data = decode(text.slice(6).replaceAll("-", "+").replaceAll("_", "/"));
  let at = 0;
  const number = () => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      if (at >= data.length || shift > 63n) throw new Error("text");
      const byte = BigInt(data[at++]);
      value |= (byte & 127n) << shift;
      if (byte < 128n) return value;
    }
  };
  if (number() !== 1n) throw new Error("text");
  const [size, index, seconds] = [number(), number(), number()];
  const rest = data.slice(at);
  if (rest.length < 68 || (rest.length - 68) % 32 !== 0) throw new Error("text");
  return { size, index, seconds, fingerprint: rest.slice(0, 4), signature: rest.slice(4, 68), path: rest.slice(68) };
}

export async function check(keyText, entry, proofText) {
  const proof = read(proofText.trim());
  const key = decode(keyText.trim());
  if (hex((await hash(key)).slice(0, 4)) !== hex(proof.fingerprint)) throw new Error("key");
  let root = await hash([0], bytes(entry));
  let [place, last] = [proof.index, proof.size - 1n];
  for (let offset = 0; offset < proof.path.length; offset += 32) {
    const beside = proof.path.slice(offset, offset + 32);
    if (place & 1n || place === last) {
      root = await hash([1], beside, root);
      while (place !== 0n && !(place & 1n)) {
        place >>= 1n;
        last >>= 1n;
      }
    } else {
      root = await hash([1], root, beside);
    }
    place >>= 1n;
    last >>= 1n;
  }
  if (proof.index >= proof.size || last !== 0n) throw new Error("changed");
  const head = bytes(`khop-seal/1\n${proof.size}\n${hex(root)}\n${proof.seconds}\n`);
  const imported = await crypto.subtle.importKey("raw", key, "Ed25519", false, ["verify"]);
  if (!(await crypto.subtle.verify("Ed25519", imported, proof.signature, head))) throw new Error("changed");
  return proof;
}

// What a receipt's XML says: its number, its amount, its entry in the history and the proof.
export function receipt(text) {
  const file = new DOMParser().parseFromString(text, "application/xml");
  const one = (name) => file.getElementsByTagNameNS("urn:khop:bien-lai:1", name)[0]?.textContent;
  if (one("SCTu") === undefined || one("TgTien") === undefined) throw new Error("notxml");
  const told = Object.fromEntries([...file.getElementsByTagNameNS("urn:khop:bien-lai:1", "TTin")].map(
    (field) => [field.children[0]?.textContent, field.children[2]?.textContent]));
  const [entry, proof] = [told["Mục niêm phong"], told["Chứng cứ niêm phong"]];
  if (!entry || !proof) throw new Error("notsealed");
  return { number: one("SCTu"), amount: one("TgTien"), entry, proof };
}

const form = document.querySelector("form");
form?.addEventListener("submit", async (event) => {
  event.preventDefault();
  const result = document.querySelector("[role=status]");
  const say = (name) => result.dataset[name];
  result.className = "";
  try {
    const chosen = form.file.files[0];
    const file = chosen ? receipt(chosen.size < 262144 ? await chosen.text() : "") : null;
    const entry = file ? file.entry : form.entry.value.trim();
    const proof = await check(form.key.value, entry, file ? file.proof : form.proof.value);
    if (file) {
      const values = entry.replace("receipt(", "").split(",");
      if (!entry.startsWith("receipt(") || values[2] !== file.number || values[4] !== file.amount) throw new Error("changed");
    }
    const moment = new Date(Number(proof.seconds) * 1000).toLocaleString(document.documentElement.lang);
    result.textContent = `${say(file ? "file" : "right")} ${proof.index + 1n}/${proof.size} · ${moment}`;
    result.className = "right";
  } catch (error) {
    const known = ["text", "key", "changed", "notxml", "notsealed"].includes(error.message);
    // Old browsers do not know Ed25519.
    result.textContent = say(known ? error.message : error.name === "NotSupportedError" ? "old" : "text");
    result.className = "wrong";
  }
});
