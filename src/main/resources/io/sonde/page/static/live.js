// Loads a page that changes by itself again and again, once that is switched on. All works without.
(() => {
  "use strict";
  const main = document.querySelector("main[data-refresh]");
  if (!main || !window.fetch) return;
  const seconds = 5;
  const key = "sonde.live";
  const button = document.createElement("button");
  button.type = "button";
  button.className = "live";
  document.querySelector("header").append(button);

  const isOn = () => sessionStorage.getItem(key) === "on";
  const show = (problem) => {
    button.setAttribute("aria-pressed", String(isOn()));
    button.textContent = isOn() && problem ? "Live (no answer)" : "Live";
    button.title = "Load this page again every " + seconds + " seconds";
  };

  // What the reader has opened or stands on must survive.
  const replace = (fresh) => {
    const active = document.activeElement;
    const href = main.contains(active) ? active.getAttribute("href") : null;
    const opened = [...main.querySelectorAll("details")].map((details) => details.open);
    main.replaceChildren(...fresh.childNodes);
    main.querySelectorAll("details").forEach((details, i) => { details.open = opened[i] || false; });
    const same = href && [...main.querySelectorAll("a")].find((a) => a.getAttribute("href") === href);
    if (same) same.focus({ preventScroll: true });
  };

  const refresh = async () => {
    const active = document.activeElement;
    const isTyping = active && active.closest("main form");
    if (!isOn() || document.hidden || isTyping || String(getSelection())) return;
    try {
      const answer = await fetch(location.href);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.querySelector("main");
      if (answer.ok && fresh) {
        replace(fresh);
        document.title = page.title;
      }
      show(!answer.ok);
    } catch (ignored) {
      show(true);
    }
  };

  button.addEventListener("click", () => {
    sessionStorage.setItem(key, isOn() ? "off" : "on");
    show(false);
    refresh();
  });
  show(false);
  setInterval(refresh, seconds * 1000);
})();
