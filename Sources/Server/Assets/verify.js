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

// A row as PostgreSQL writes one: only the last of its values may hold a comma.
function values(entry) {
  if (!entry.startsWith("receipt(") || !entry.endsWith(")")) throw new Error("changed");
  const parts = entry.slice(8, -1).split(",");
  const plain = (text) => (/^".*"$/s.test(text) ? text.slice(1, -1).replace(/(["\\])(["\\])/g, "$2") : text);
  const issued = new Date(plain(parts[5] ?? "").replace(" ", "T").replace(/\+00$/, "Z"));
  if (parts.length < 8 || Number.isNaN(issued.getTime())) throw new Error("changed");
  // Vietnam has been seven hours ahead all the time.
  const day = new Date(issued.getTime() + 7 * 3600000).toISOString().slice(0, 10);
  return { number: parts[2], amount: parts[4], day, replaces: parts[6] !== "", reason: plain(parts.slice(7).join(",")) };
}

// What a receipt's XML says: each element at its place, once.
export function receipt(text) {
  const file = new DOMParser().parseFromString(text, "application/xml");
  const space = "urn:khop:bien-lai:1";
  const children = (parent, name) => [...(parent?.children ?? [])].filter((child) => child.namespaceURI === space && child.localName === name);
  const one = (...path) => path.reduce((parent, name) => (children(parent, name).length === 1 ? children(parent, name)[0] : undefined), file);
  const say = (...path) => one("BLai", "DLBLai", ...path)?.textContent;
  const [number, amount] = [say("TTChung", "SCTu"), say("NDBLai", "TToan", "TgTien")];
  if (number === undefined || amount === undefined) throw new Error("notxml");
  const told = Object.fromEntries(children(one("BLai", "DLBLai", "NDBLai", "TTKhac"), "TTin").map(
    (field) => [field.children[0]?.textContent, field.children[2]?.textContent]));
  const [entry, proof] = [told["Mục niêm phong"], told["Chứng cứ niêm phong"]];
  if (!entry || !proof) throw new Error("notsealed");
  const items = children(one("BLai", "DLBLai", "NDBLai", "DSKThu"), "KThu").map((item) => children(item, "TTien")[0]?.textContent ?? "");
  return {
    number, amount, entry, proof, day: say("TTChung", "NLap"), address: say("TTChung", "MTCuu") ?? "",
    replaces: one("BLai", "DLBLai", "TTChung", "TTCTLQuan") !== undefined, reason: say("TTChung", "TTCTLQuan", "LDo") ?? "",
    sum: String(items.reduce((sum, item) => (/^-?[0-9]+$/.test(item) ? sum + BigInt(item) : -1n), 0n)),
  };
}

// Whether a file says what the sealed entry has; what the entry has not, only the signature of the XML proves.
export function agrees(file) {
  const sealed = values(file.entry);
  return sealed.number === file.number && sealed.amount === file.amount && sealed.day === file.day && file.sum === file.amount
    && file.address.split("-")[2] === file.number && sealed.replaces === file.replaces && (!file.replaces || sealed.reason === file.reason);
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
      if (!agrees(file)) throw new Error("changed");
    }
    const moment = new Date(Number(proof.seconds) * 1000).toLocaleString(document.documentElement.lang, { timeZone: "Asia/Ho_Chi_Minh" }) + " (UTC+7)";
    result.textContent = `${say(file ? "file" : "right")} ${proof.index + 1n}/${proof.size} · ${moment}`;
    result.className = "right";
    if (file) {
      // What is not proved by it, and where it stands now.
      const more = document.createElement("p");
      more.textContent = say("more") + " ";
      if (/^[0-9A-Z-]{10,40}$/.test(file.address)) {
        const link = document.createElement("a");
        link.href = "/r/" + file.address;
        link.textContent = say("now");
        more.append(link);
      }
      result.append(more);
    }
  } catch (error) {
    const known = ["text", "key", "changed", "notxml", "notsealed"].includes(error.message);
    // Old browsers do not know Ed25519.
    result.textContent = say(known ? error.message : error.name === "NotSupportedError" ? "old" : "text");
    result.className = "wrong";
  }
});
