// What is live in the console: everything else works without it.
const all = (query, from = document) => [...from.querySelectorAll(query)];
const one = (query) => document.querySelector(query);
const isTyping = (element) => element.closest("input:not([type=checkbox]), select, textarea, [contenteditable]") !== null;

// The search box shows what is found while one types.
const box = one("[data-find]");
const found = one("[data-found]");
let waiting = 0;
let asked = 0;
async function look() {
  const text = box.value.trim();
  if (text.length < 2) { found.hidden = true; return; }
  const mine = ++asked;
  const answer = await fetch("/console/found?q=" + encodeURIComponent(text), { headers: { Accept: "text/html" } });
  if (mine !== asked || !answer.ok || answer.redirected) return;
  found.innerHTML = await answer.text();
  found.hidden = false;
}
if (box && found) {
  box.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(() => look().catch(() => {}), 120); });
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { found.hidden = true; }
    if (event.key === "ArrowDown" && !found.hidden) { all("a", found)[0]?.focus(); event.preventDefault(); }
  });
  document.addEventListener("click", (event) => { if (!event.target.closest(".search")) found.hidden = true; });
}

// Lists are walked through with j and k.
const rows = all("[data-row]");
let at = -1;
function go(step) {
  if (rows.length === 0) return;
  rows[at]?.classList.remove("at");
  at = Math.max(0, Math.min(rows.length - 1, at + step));
  rows[at].classList.add("at");
  rows[at].scrollIntoView({ block: "nearest" });
  rows[at].querySelector("[data-open]")?.focus({ preventScroll: true });
}

const help = one("[data-help-dialog]");
const helpButton = one("[data-help]");
if (help && helpButton) {
  helpButton.hidden = false;
  helpButton.addEventListener("click", () => help.showModal());
}
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  switch (event.key) {
    case "/": box?.focus(); box?.select(); break;
    case "j": go(1); break;
    case "k": go(-1); break;
    case "x": rows[at]?.querySelector("[data-choose]")?.click(); break;
    case "a": one("[data-accept]")?.click(); break;
    case "n": one("[data-next]")?.click(); break;
    case "?": help?.showModal(); break;
    default: return;
  }
  event.preventDefault();
});

// One box chooses all rows.
const every = one("[data-all]");
if (every) {
  every.hidden = false;
  every.addEventListener("change", () => all("[data-choose]").forEach((choice) => { choice.checked = every.checked; }));
}

// Files may be dropped anywhere on their form.
const drop = one("[data-drop]");
if (drop) {
  const place = drop.querySelector(".drop");
  const input = drop.querySelector("input[type=file]");
  for (const name of ["dragenter", "dragover"]) {
    document.addEventListener(name, (event) => { event.preventDefault(); place.classList.add("over"); });
  }
  document.addEventListener("dragleave", () => place.classList.remove("over"));
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    place.classList.remove("over");
    if (event.dataTransfer.files.length > 0) { input.files = event.dataTransfer.files; drop.requestSubmit(); }
  });
}

// At the counter: the change while one types what was handed over, the sum of a count, and the page once money arrives.
const dong = (amount) => new Intl.NumberFormat(document.documentElement.lang).format(amount) + " ₫";
const whole = (text) => { const digits = text.replace(/[ .,₫]/g, ""); return /^[0-9]{1,13}$/.test(digits) ? Number(digits) : NaN; };
const handed = one("[data-tendered]");
if (handed) {
  const told = one("[data-change]");
  handed.addEventListener("input", () => {
    const rest = whole(handed.value) - Number(handed.dataset.tendered);
    told.hidden = !(rest >= 0);
    if (rest >= 0) told.querySelector("b").textContent = dong(rest);
  });
}
const count = one("[data-count]");
if (count) {
  const told = one("[data-counted]");
  const add = () => {
    const notes = all("[data-note]", count).filter((note) => note.value.trim() !== "");
    const sum = notes.reduce((sum, note) => sum + whole(note.value) * Number(note.dataset.note), 0);
    told.hidden = Number.isNaN(sum);
    told.querySelector("b").textContent = dong(sum);
  };
  count.addEventListener("input", add);
}
const watched = one("[data-watch]");
if (watched && window.EventSource) {
  let version = "";
  new EventSource(watched.dataset.watch).addEventListener("page", (event) => {
    const news = JSON.parse(event.data);
    // The first one tells how the page is now, which may be other than it was a moment ago.
    if ((version && version !== news.version) || /class="card state done"/.test(news.html)) location.reload();
    version = news.version;
  });
}

// What was typed is kept until it was sent: a session may end meanwhile.
const kept = "typed " + location.pathname;
const fields = () => all("main form input:not([type=hidden]):not([type=file]):not([type=checkbox]):not([data-fresh]), main form textarea, main form[data-keep] select").filter((field) => field.id);
const isChoice = (field) => field.type === "radio";
try {
  const before = JSON.parse(sessionStorage.getItem(kept) ?? "{}");
  for (const field of fields()) {
    if (!(field.id in before)) continue;
    if (isChoice(field)) { field.checked = before[field.id]; } else if (!field.value || field.tagName === "SELECT") { field.value = before[field.id]; }
  }
  document.addEventListener("input", () => {
    const now = Object.fromEntries(fields().filter((field) => isChoice(field) || field.value).map((field) => [field.id, isChoice(field) ? field.checked : field.value]));
    sessionStorage.setItem(kept, JSON.stringify(now));
  });
  const done = one("[role=status]");
  if (done) sessionStorage.removeItem(kept);
  if (done?.dataset.sent) sessionStorage.removeItem("typed " + done.dataset.sent);
} catch { /* A browser without storage keeps nothing. */ }

// What goes on tells how far it has come; without scripts its page is loaded again.
const going = one("[data-progress]");
if (going) {
  const news = new EventSource(going.dataset.progress);
  news.addEventListener("progress", (event) => { going.innerHTML = JSON.parse(event.data).html; });
  news.addEventListener("done", () => { news.close(); location.reload(); });
}
