// Progressive enhancement: every page works without this file. No globals, no inline handlers.
(function () {
  "use strict";
  const one = (selector, root) => (root || document).querySelector(selector);
  const all = (selector, root) => Array.from((root || document).querySelectorAll(selector));
  const ASKED = { "X-Dialog": "1" };
  const typing = (node) => /^(INPUT|TEXTAREA|SELECT)$/.test(node.tagName) || node.isContentEditable;

  // ---- dialog: a link with data-dialog shows its page inside <dialog> -------------------------
  const dialog = one("#dialog");
  let opener = null;

  function show(html) {
    dialog.innerHTML = html;
    if (window.htmx) window.htmx.process(dialog);
    if (!dialog.open) dialog.showModal();
    const heading = one("h1,h2", dialog);
    if (heading) dialog.setAttribute("aria-label", heading.textContent);
    const target = one("#errsum", dialog) || one("[autofocus],.dialog-b .in,.dialog-b input:not([type=hidden]),.dialog-b button", dialog);
    if (target) target.focus();
  }

  async function open(link) {
    opener = link;
    const answer = await fetch(link.href, { headers: ASKED, credentials: "same-origin" });
    if (answer.redirected || !answer.ok) { window.location = link.href; return; }
    show(await answer.text());
  }

  async function send(form, button, again) {
    const body = new FormData(form);
    if (button && button.name) body.append(button.name, button.value);
    const answer = await fetch(form.action, { method: "POST", body, headers: ASKED, credentials: "same-origin" });
    if (answer.headers.get("X-Location")) { window.location = answer.headers.get("X-Location"); return; }
    if (lapsed(answer)) { if (!again && await renew()) return send(form, button, true); warnExpired(one(".dialog-b", dialog)); idle(button); return; }
    if (answer.redirected) { window.location = answer.url; return; }
    const html = await answer.text();
    // A refusal without a form of its own must not cost what stands in this one.
    if (answer.ok || html.includes("<form method=\"post\"") || html.includes("enctype=")) show(html); else { complain(html); idle(button); }
  }

  function complain(html) {
    all(".dialog-b>.note-error", dialog).forEach((note) => note.remove());
    one(".dialog-b", dialog).insertAdjacentHTML("afterbegin", html);
    one(".dialog-b>.note-error", dialog).scrollIntoView({ block: "nearest" });
  }

  const idle = (button) => { if (button) { button.disabled = false; button.removeAttribute("aria-busy"); } };

  document.addEventListener("click", (event) => {
    const close = event.target.closest("dialog a[data-close]");
    if (close) { event.preventDefault(); dialog.close(); return; }
    const link = event.target.closest("a[data-dialog]");
    if (!link || !dialog || !dialog.showModal || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open(link).catch(() => { window.location = link.href; });
  });

  if (dialog) {
    dialog.addEventListener("submit", (event) => {
      const form = event.target;
      if (form.method === "dialog" || form.hasAttribute("data-plain")) return;
      event.preventDefault();
      const button = event.submitter;
      if (button) { button.disabled = true; button.setAttribute("aria-busy", "true"); }
      send(form, button).catch(() => { complain(AWAY); idle(button); });
    });
    dialog.addEventListener("close", () => { dialog.innerHTML = ""; if (opener) opener.focus(); opener = null; });
    dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  }

  // ---- keys ----------------------------------------------------------------------------------
  let row = -1;
  const rows = () => all("[data-row]");

  function move(step) {
    const lines = rows();
    if (!lines.length) return;
    row = Math.min(Math.max(row + step, 0), lines.length - 1);
    lines.forEach((line, index) => line.classList.toggle("at", index === row));
    const link = one("a[data-open]", lines[row]);
    if (link) link.focus({ preventScroll: true });
    lines[row].scrollIntoView({ block: "nearest" });
  }

  function tick() {
    const line = rows()[row];
    const box = line && one("input[type=checkbox]", line);
    if (box) { box.checked = !box.checked; box.dispatchEvent(new Event("change", { bubbles: true })); }
  }

  const keys = {
    "/": () => { const box = one("#global-search"); if (box) { box.focus(); box.select(); } return !!box; },
    "?": () => { window.location.hash = "help"; const close = one("#help a"); if (close) close.focus(); return true; },
    j: () => { move(1); return true; },
    k: () => { move(-1); return true; },
    x: () => { tick(); return true; },
    n: () => { const link = one("[data-key=n]"); if (link) link.click(); return !!link; },
  };

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      all("details.pop[open]").forEach((node) => { node.open = false; });
      if (["#help", "#menu"].includes(window.location.hash)) window.location.hash = "main";
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (typing(event.target) && event.target.type !== "checkbox") return;
    if (dialog && dialog.open) return;
    const act = keys[event.key];
    if (act && act()) event.preventDefault();
  });

  document.addEventListener("click", (event) => {
    all("details.pop[open]").forEach((node) => { if (!node.contains(event.target)) node.open = false; });
    if (event.target.classList.contains("overlay")) window.location.hash = "main";
  });

  // ---- bulk selection ------------------------------------------------------------------------
  function selection(form) {
    const boxes = all("input[data-pick]", form);
    const picked = boxes.filter((box) => box.checked).length;
    boxes.forEach((box) => { const line = box.closest("[data-row]"); if (line) line.classList.toggle("sel", box.checked); });
    const every = one("[data-pick-all]", form);
    if (every) { every.checked = picked > 0 && picked === boxes.length; every.indeterminate = picked > 0 && picked < boxes.length; }
    const bar = one("[data-bulk]", form);
    if (bar) { bar.classList.toggle("on", picked > 0); const words = one("[data-picked]", bar); if (words) words.textContent = picked; }
  }

  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-bulk-form]");
    if (form) {
      if (event.target.matches("[data-pick-all]")) all("input[data-pick]", form).forEach((box) => { box.checked = event.target.checked; });
      selection(form);
    }
    if (event.target.matches("select[data-go],input[data-go]") && event.target.checkValidity()) event.target.form.submit();
    if (event.target.matches("input[type=file]")) {
      const words = one("[data-file-name]", event.target.closest(".drop") || document);
      if (words && event.target.files.length) words.textContent = Array.from(event.target.files, (file) => file.name).join("、");
    }
  });
  all("form[data-bulk-form]").forEach(selection);

  // ---- counters, unsaved warning, one submit only ---------------------------------------------
  document.addEventListener("input", (event) => {
    const words = event.target.dataset && event.target.dataset.count && one("#" + event.target.dataset.count);
    if (words) words.textContent = Array.from(event.target.value).length.toLocaleString("zh-CN");
  });

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    if (!form.dataset.checked && one(".who-menu") && one("textarea,input.in,input[type=file]", form)) { event.preventDefault(); check(form, event.submitter); return; }
    form.dataset.sent = "1";
    all("[hx-post]", form).forEach((node) => window.htmx && window.htmx.trigger(node, "htmx:abort"));
    const button = event.submitter;
    if (button) button.setAttribute("aria-busy", "true");
    setTimeout(() => { delete form.dataset.sent; idle(button); }, 8000);
  });
  // What has been sent is no draft any more: a save still waiting would bring the draft back to life.
  document.addEventListener("htmx:beforeRequest", (event) => {
    const form = event.target.closest("form");
    if (form && form.dataset.sent) event.preventDefault();
  });
  window.addEventListener("pageshow", () => all("[aria-busy]").forEach(idle));

  // ---- print: what is folded on the screen is open on paper, and the sheet says when ------------
  const sheetTime = new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Shanghai", dateStyle: "short", timeStyle: "short" });
  let folded = [];
  window.addEventListener("beforeprint", () => {
    folded = all("details.why:not([open]),details[data-print-open]:not([open])");
    folded.forEach((node) => { node.open = true; });
    // The server's clock at the page's birth and the time since: a till's own clock may be wrong.
    all("time[data-now]").forEach((node) => { node.textContent = sheetTime.format(Date.parse(node.dateTime) + performance.now()); });
  });
  window.addEventListener("afterprint", () => { folded.forEach((node) => { node.open = false; }); folded = []; });
  all("[data-print]").forEach((button) => { button.hidden = false; button.addEventListener("click", () => window.print()); });

  // ---- an expired login must not cost what has been typed --------------------------------------
  let expired = false;
  let renewals = 0;  // an answer that left before the newest renewal tells nothing any more

  const AWAY = '<p class="note note-error" role="alert"><span>连不上系统，没有提交。请检查网络后再试；本页填写的内容还在。</span></p>';
  const lapsed = (answer) => answer.status === 401 || answer.headers.has("X-Stale-Form");

  // Before a form with text leaves: is the login still good, its token of this login? A draft is kept on the way.
  async function check(form, button) {
    const before = renewals;
    try {
      const draft = form.dataset.draft;
      const asked = draft && await fetch(draft, { method: "POST", body: new FormData(form), headers: ASKED, credentials: "same-origin" });
      if ((!asked || lapsed(asked)) && !await renew() && renewals === before) { unsavedByLogin(); warnExpired(one("#messages")); return; }
    } catch (error) { /* the browser itself will say that the network is away */ }
    form.dataset.checked = "1";
    form.requestSubmit(button || undefined);
    delete form.dataset.checked;
  }

  function warnExpired(place) {
    const old = one("#expired");
    if (old) { old.scrollIntoView({ block: "center" }); return; }
    expired = true;
    const note = document.createElement("p");
    note.className = "note note-error"; note.id = "expired"; note.setAttribute("role", "alert");
    const words = document.createElement("span");
    words.textContent = "登录已过期。请在新窗口重新登录，再回到本页继续；本页填写的内容还在。";
    note.append(words, loginLink());
    place.prepend(note);
    note.scrollIntoView({ block: "center" });
  }

  function loginLink() {
    const link = document.createElement("a");
    link.href = "/accounts/login/?next=%2Fpeople%2Fme%2F%3Fback%3D1"; link.target = "_blank"; link.rel = "opener"; link.textContent = "重新登录";
    return link;
  }

  // The forms of this page with a new token; false while nobody is signed in.
  async function renew() {
    const answer = await fetch("/people/me/token/", { credentials: "same-origin" });
    if (answer.redirected || answer.status === 401) return false;
    if (!answer.ok) return true;  // no answer to this question: the form itself will tell
    const fresh = await answer.text();
    all("input[name=csrfmiddlewaretoken]").forEach((input) => { input.value = fresh; });
    expired = false;
    renewals += 1;
    const note = one("#expired");
    if (note) note.remove();
    return true;
  }

  // ---- the draft card never says "saved" of what was not ----------------------------------------
  const CARD = "#aside [data-draft-state]";
  let resaved = false;

  function unsaved(words, ...more) {
    const card = one(CARD);
    if (!card) return;
    const line = document.createElement("p");
    line.className = "msg unsaved"; line.setAttribute("role", "alert");
    line.append(words, ...more);
    card.closest(".card").classList.remove("idle");
    card.replaceChildren(line);
  }

  const unsavedByLogin = () => unsaved("没有保存：登录已过期。填写的内容还在本页。", loginLink());

  // Once after a new login, so that a refusal that stays does not turn in a circle.
  function saveAgain() {
    const form = one("form[data-draft]");
    if (!form || resaved || !one(`${CARD} .unsaved`)) return;
    resaved = true;
    form.dispatchEvent(new Event("input"));
  }

  const drafting = (event) => event.target.id === "aside";
  const elsewhere = (xhr, asked) => xhr.responseURL && new URL(xhr.responseURL).pathname !== asked;

  document.addEventListener("htmx:beforeOnLoad", (event) => {
    const { xhr, pathInfo } = event.detail;
    const gone = drafting(event) && pathInfo && elsewhere(xhr, pathInfo.requestPath);
    if (![401, 403].includes(xhr.status) && !gone) return;
    event.preventDefault();
    if (drafting(event)) unsavedByLogin();
    const before = renewals;
    renew().catch(() => false).then((good) => { if (good) saveAgain(); else if (renewals === before) warnExpired(one("#messages")); });
  });
  document.addEventListener("htmx:afterSwap", (event) => { if (drafting(event)) resaved = false; });
  document.addEventListener("htmx:responseError", (event) => { if (drafting(event)) unsaved("没有保存：系统暂时不可用。请不要关闭本页，继续填写时会再试。"); });
  document.addEventListener("htmx:sendError", (event) => { if (drafting(event)) unsaved("没有保存：连不上系统，请检查网络。请不要关闭本页，继续填写时会再试。"); });
  window.addEventListener("focus", () => { if (expired) renew().then((good) => { if (good) saveAgain(); }).catch(() => {}); });

  // A chart wider than the screen begins at its newest month.
  all(".chart-scroll[data-end]").forEach((box) => { box.scrollLeft = box.scrollWidth; });

  const summary = one("main #errsum");
  if (summary) summary.focus();
})();
