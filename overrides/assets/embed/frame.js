(function () {
  "use strict";
  var page = document.documentElement, box = document.querySelector(".pe"), home = document.baseURI;
  var asked = new URLSearchParams(location.search), above = window.parent, framed = above !== window;
  var secret = (/[?&#]secret=([A-Za-z0-9]+)/.exec(location.hash) || [])[1], last = 0;
  var wide = box.querySelectorAll("details[data-wide]"), touched = false;

  function choose(name, allowed) {
    var value = asked.get(name);
    if (allowed.indexOf(value) < 0) return;
    page.setAttribute("data-" + name, value);
    box.setAttribute("data-" + name, value);
  }
  function post() {
    if (window.innerWidth < 40) return; // the page above has not laid the frame out yet: text in it would be a tower
    last = Math.ceil(box.getBoundingClientRect().height);
    if (!framed) return;
    above.postMessage({ prolotherapyHeight: last }, "*");
    if (secret) above.postMessage({ message: "height", value: last, secret: secret }, "*");
  }
  function unfold() {
    if (!touched) wide.forEach(function (one) { one.open = window.innerWidth >= 600; });
  }
  function changed() {
    if (Math.ceil(box.getBoundingClientRect().height) !== last) post();
  }
  function reveal(target) {
    for (var up = target; up && up !== box; up = up.parentElement) if (up.tagName === "DETAILS") up.open = true;
    if (!target.hasAttribute("tabindex")) target.setAttribute("tabindex", "-1");
    target.focus({ preventScroll: true });
    target.scrollIntoView();
  }
  function place(link) {
    for (var up = link; up && up !== box; up = up.parentElement) if (up.id) return "#" + up.id;
    return "";
  }
  function clicked(event) {
    touched = true;
    var link = event.target.closest && event.target.closest("a[href]");
    if (!link || event.defaultPrevented || event.button) return;
    var target = link.hash && link.href.split("#")[0] === home && document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (target) { event.preventDefault(); reveal(target); return; }
    if (!secret || !framed) return;
    event.preventDefault();
    above.postMessage({ message: "link", value: link.host === location.host ? link.href : home + place(link), secret: secret }, "*");
  }

  choose("theme", ["dark", "auto"]);
  choose("accent", [/* accents */]);
  var level = "1234".indexOf(asked.get("heading") || "1"), headings = box.querySelectorAll("h1, h2, h3, h4");
  if (level > 0 && (asked.get("heading") || "").length === 1) headings.forEach(function (one) { one.setAttribute("aria-level", Math.min(+one.tagName[1] + level, 6)); });
  unfold();
  window.addEventListener("resize", unfold);
  document.addEventListener("click", clicked);
  window.addEventListener("load", post);
  window.addEventListener("message", function (event) {
    if (event.source === above && event.data && (event.data.message === "ready" || event.data.prolotherapy === "ready")) post();
  });
  window.addEventListener("beforeprint", function () {
    touched = true;
    if (!framed) box.querySelectorAll("details").forEach(function (one) { one.open = true; });
  });
  if (window.ResizeObserver) new ResizeObserver(changed).observe(box);
  post();
})();
