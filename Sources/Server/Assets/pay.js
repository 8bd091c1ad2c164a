// What a payment page does besides being read: it changes when the money arrives, and copies account, amount and note.
// Without it the page works the same, with a button to look again.
(() => {
  'use strict';
  const main = document.getElementById('main');
  const told = document.getElementById('told');
  if (!main) return;
  let source = null;
  let timer = 0;

  const dress = () => {
    for (const button of main.querySelectorAll('[data-copy]')) button.hidden = false;
  };

  // Shows a newer state; a screen reader is told its name.
  const show = (html, version, title) => {
    if (version === main.dataset.version) return;
    const atWork = main.contains(document.activeElement);
    main.innerHTML = html;
    main.dataset.version = version;
    document.title = title;
    dress();
    const heading = main.querySelector('h1');
    if (heading) {
      told.textContent = heading.textContent;
      // What had the focus is gone with the old state.
      if (atWork) heading.focus();
    }
  };

  const look = async () => {
    try {
      const answer = await fetch(location.href, { cache: 'no-store', headers: { Accept: 'text/html' } });
      if (!answer.ok) return;
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      const fresh = page.getElementById('main');
      if (fresh) show(fresh.innerHTML, fresh.dataset.version, page.title);
    } catch (error) { /* No network: the next look comes. */ }
  };

  // Without a stream the page asks by itself, every ten seconds while somebody looks at it.
  const poll = () => {
    clearInterval(timer);
    timer = setInterval(() => { if (!document.hidden) look(); }, 10000);
  };

  const listen = () => {
    if (!window.EventSource || !main.dataset.events) return poll();
    source = new EventSource(main.dataset.events);
    source.addEventListener('page', (event) => {
      const news = JSON.parse(event.data);
      show(news.html, news.version, news.title);
    });
    source.addEventListener('open', () => clearInterval(timer));
    source.addEventListener('error', () => { if (source.readyState === EventSource.CLOSED) poll(); });
  };

  const copy = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch (error) {
      const field = document.createElement('textarea');
      field.value = text;
      document.body.append(field);
      field.select();
      const done = document.execCommand('copy');
      field.remove();
      return done;
    }
  };

  main.addEventListener('click', async (event) => {
    const button = event.target.closest('[data-copy]');
    if (!button || !(await copy(button.dataset.copy))) return;
    const label = button.firstChild;
    const before = label.textContent;
    label.textContent = main.dataset.copied;
    told.textContent = main.dataset.copied;
    setTimeout(() => { label.textContent = before; }, 2000);
  });

  // A phone puts the page to sleep while its bank's app is open.
  document.addEventListener('visibilitychange', () => { if (!document.hidden) look(); });
  addEventListener('pageshow', (event) => { if (event.persisted) look(); });
  dress();
  listen();
})();
