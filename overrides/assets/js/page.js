/* Opens a source or a word's meaning beside the place where it stands, by tap, key or hover.
   Without this script each is a link: to the entry at the end of the page, or to the word's own page. */
(() => {
  const triggers = "article .pw-cite a, article a.pw-term";
  if (!HTMLElement.prototype.showPopover) return;
  let popup = null;
  let opener = null;
  let wait = 0;
  let at = ""; // where the pointer is
  let left = ""; // where it was when a popup went: until it moves, what comes to lie under it opens nothing

  const element = (tag, text) => {
    const made = document.createElement(tag);
    if (text) made.textContent = text;
    return made;
  };

  const fill = (box, link) => {
    if (link.matches(".pw-term")) {
      const word = element("p");
      word.append(element("strong", link.textContent), ": " + link.dataset.meaning);
      const more = element("a", "More about this word");
      more.href = link.href;
      const line = element("p");
      line.append(more);
      box.append(word, line);
      return;
    }
    const entry = document.getElementById(link.hash.slice(1));
    for (const part of entry.children) {
      if (!part.matches(".pw-sources__back")) box.append(part.cloneNode(true));
    }
  };

  const phone = matchMedia("(max-width: 47.99em)");
  const place = (box, link) => {
    if (phone.matches) return; // there it rises from below, see cite.css
    const at = link.getBoundingClientRect();
    const size = box.getBoundingClientRect();
    const gap = 8;
    const below = at.bottom + gap + size.height <= innerHeight;
    const top = below ? at.bottom + gap : Math.max(gap, at.top - gap - size.height);
    if (!matchMedia("(min-width: 48em)").matches) return; // on a phone it rises from below
    box.style.top = top + "px";
    box.style.left = Math.min(Math.max(gap, at.left), innerWidth - size.width - gap) + "px";
  };

  const close = (focusBack) => {
    clearTimeout(wait);
    if (!popup) return;
    const [box, link] = [popup, opener];
    popup = opener = null;
    left = at;
    link.setAttribute("aria-expanded", "false");
    box.remove();
    if (focusBack) link.focus();
  };

  const open = (link, moveFocus) => {
    close(false);
    popup = element("div");
    opener = link;
    popup.className = "pw-popup";
    popup.popover = "manual";
    popup.tabIndex = -1;
    popup.setAttribute("role", "dialog");
    popup.setAttribute("aria-label", link.matches(".pw-term") ? "Meaning of " + link.textContent : link.getAttribute("aria-label"));
    fill(popup, link);
    const button = element("button", "Close");
    button.type = "button";
    button.className = "pw-popup__close";
    button.addEventListener("click", () => close(true));
    popup.append(button);
    const block = link.closest("p, li, td, th, dt, dd, figcaption, div, section");
    if (block.matches("p")) block.after(popup);
    else block.append(popup);
    popup.showPopover();
    place(popup, link);
    link.setAttribute("aria-expanded", "true");
    if (moveFocus) popup.focus({ preventScroll: true });
  };

  for (const link of document.querySelectorAll(triggers)) link.setAttribute("aria-expanded", "false");

  document.addEventListener("click", (event) => {
    const link = event.target.closest(triggers);
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      if (link === opener && popup.dataset.hover !== "yes") close(true);
      else open(link, true);
    } else if (popup && !popup.contains(event.target)) close(false);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && popup) {
      close(true);
      event.stopPropagation();
    }
  }, true);
  document.addEventListener("focusin", (event) => {
    if (popup && popup.dataset.hover !== "yes" && !popup.contains(event.target) && event.target !== opener) close(false);
  });
  addEventListener("scroll", () => { if (popup) place(popup, opener); }, { passive: true });
  addEventListener("resize", () => close(false));

  if (matchMedia("(hover: hover)").matches) {
    const follow = (event) => {
      at = event.clientX + " " + event.clientY;
      if (at !== left) left = "";
    };
    document.addEventListener("pointermove", follow, { passive: true });
    document.addEventListener("pointerover", (event) => {
      follow(event);
      const link = event.target.closest(triggers);
      clearTimeout(wait);
      if (link && !popup && !left) wait = setTimeout(() => { open(link, false); popup.dataset.hover = "yes"; }, 250);
      else if (popup && popup.dataset.hover === "yes" && !link && !popup.contains(event.target)) wait = setTimeout(() => close(false), 300);
    });
  }
})();
