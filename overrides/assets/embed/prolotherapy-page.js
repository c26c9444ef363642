(function () {
  "use strict";
  var me = document.currentScript, start = me && me.src ? new URL("../../", me.src).href : "";
  var style = "/* style */", themes = ["light", "dark", "auto"], accents = [/* accents */];
  if (!start || !window.customElements || customElements.get("prolotherapy-page")) return;

  function from(list, value) { return list.indexOf(value) < 0 ? list[0] : value; }
  function relink(root, base) {
    root.querySelectorAll("[href], [src]").forEach(function (one) {
      var name = one.hasAttribute("href") ? "href" : "src", value = one.getAttribute(name);
      if (value[0] !== "#" || !root.getElementById(value.slice(1))) one.setAttribute(name, new URL(value, base).href);
    });
  }
  function level(root, first) {
    if (!(first >= 1 && first <= 4)) return;
    root.querySelectorAll("h1, h2, h3, h4").forEach(function (one) {
      one.setAttribute("aria-level", Math.min(+one.tagName[1] + first - 1, 6));
    });
  }
  function jump(event) {
    var link = event.target.closest("a[href^='#']"), target = link && this.getElementById(link.getAttribute("href").slice(1));
    if (!target) return;
    event.preventDefault();
    for (var up = target; up; up = up.parentElement) if (up.tagName === "DETAILS") up.open = true;
    target.setAttribute("tabindex", "-1");
    target.focus({ preventScroll: true });
    target.scrollIntoView();
  }

  class ProlotherapyPage extends HTMLElement {
    connectedCallback() {
      var page = this.getAttribute("page") || "", version = this.getAttribute("version") || "";
      if (this.shadowRoot || !/^([a-z0-9-]+\/)*$/.test(page) || !/^(\d{4}-\d\d-\d\d)?$/.test(version)) return;
      var address = start + (version ? "embed/v/" + version + "/" : "") + page + "fragment.html", element = this;
      fetch(address, { credentials: "omit", referrerPolicy: "no-referrer" })
        .then(function (answer) { if (!answer.ok) throw new Error(answer.status); return answer.text(); })
        .then(function (text) { element.show(text, start + page); })
        .catch(function () { /* the link inside the element stays */ });
    }
    show(text, base) {
      var held = document.createElement("template"), sheet = new CSSStyleSheet();
      held.innerHTML = text;
      var article = held.content.querySelector("article.pe");
      if (!article) return;
      relink(held.content, base);
      level(held.content, +(this.getAttribute("heading") || 2));
      article.setAttribute("data-theme", from(themes, this.getAttribute("theme")));
      article.setAttribute("data-accent", from(accents, this.getAttribute("accent")));
      if (this.hasAttribute("unfolded")) article.querySelectorAll("details").forEach(function (one) { one.open = true; });
      sheet.replaceSync(style);
      var root = this.attachShadow({ mode: "open" });
      root.adoptedStyleSheets = [sheet];
      root.append(held.content);
      root.addEventListener("click", jump);
    }
  }
  customElements.define("prolotherapy-page", ProlotherapyPage);
})();
