(function () {
  "use strict";
  var form = document.getElementById("pf");
  if (!form) return;
  var data = form.dataset, local = new URL("../", location.href.split(/[?#]/)[0]).href, site = data.site || local;
  function get(name) { return document.getElementById("pf-" + name); }
  function escape(text) { return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;"); }

  var NOTES = {
    address: "",
    frame: "The frame keeps its height of {height} pixels. Longer text scrolls inside it.",
    script: "The script only sets the height of the frame. It reads nothing and stores nothing.",
    component: "If the text cannot be loaded, the link stays."
  };

  function chosen() {
    var option = get("page").selectedOptions[0], way = get("way").selectedOptions[0];
    return {
      page: option.value, title: option.textContent, height: option.dataset.height, date: get("version").value,
      theme: get("theme").value, accent: get("accent").value, heading: get("heading").value, way: way.dataset.code, steps: way.dataset.steps
    };
  }
  function query(one) {
    var asked = new URLSearchParams();
    ["theme", "accent", "heading"].forEach(function (name) {
      if (get(name).selectedIndex > 0) asked.set(name, one[name]);
    });
    return asked.toString() ? "?" + asked : "";
  }
  function folder(one) { return "embed/" + (one.date ? "v/" + one.date + "/" : "") + one.page; }
  function script(file, sri) {
    return '\n<script src="' + site + "assets/embed/" + file + '" integrity="' + sri + '" crossorigin="anonymous" async></' + "script>";
  }
  function link(one) { return '<a href="' + site + one.page + '">' + escape(one.title + " - " + data.name) + "</a>"; }
  function frame(one) {
    return '<iframe src="' + site + folder(one) + escape(query(one)) + '" title="' + escape(one.title + " - " + data.name) +
      '" width="100%" height="' + one.height + '" frameborder="0" loading="lazy" referrerpolicy="no-referrer"></iframe>\n<p>' + link(one) + "</p>";
  }
  function component(one) {
    var look = ["theme", "accent", "heading"].map(function (name) { return " " + name + '="' + one[name] + '"'; }).join("");
    var date = one.date ? ' version="' + one.date + '"' : "";
    return '<prolotherapy-page page="' + one.page + '"' + date + look + ">" + link(one) + "</prolotherapy-page>";
  }
  function code(one) {
    if (one.way === "address") return site + (one.date ? folder(one) : one.page);
    if (one.way === "component") return component(one) + script(data.component, data.componentSri);
    return frame(one) + (one.way === "script" ? script(data.embed, data.embedSri) : "");
  }
  function versions() {
    var list = get("version"), dates = get("page").selectedOptions[0].dataset.dates.split(" ").filter(Boolean);
    list.length = 1;
    dates.forEach(function (date) { list.add(new Option("Fixed: the text of " + date, date)); });
  }
  function steps(one) {
    var heading = document.getElementById(one.steps), list = heading;
    while (list && list.tagName !== "OL") list = list.nextElementSibling;
    if (!list) return;
    get("then").textContent = "Then, in " + heading.firstChild.textContent.trim();
    get("steps").replaceChildren.apply(get("steps"), list.cloneNode(true).children);
  }
  function show() {
    var one = chosen(), look = one.way === "address" ? "" : query(one);
    get("code").value = code(one);
    get("code").rows = one.way === "address" ? 2 : 6;
    get("note").textContent = NOTES[one.way].replace("{height}", one.height);
    get("look").hidden = one.way === "address";
    get("no-look").hidden = one.way !== "address";
    get("copied").textContent = "";
    steps(one);
    var target = local + folder(one) + look;
    if (get("frame").src !== target) get("frame").src = target;
  }
  function copied(done) {
    get("copied").textContent = done ? "Copied" : "Not copied: it is selected now, so use the keys of your device";
  }
  function copy() {
    get("code").select();
    if (navigator.clipboard) navigator.clipboard.writeText(get("code").value).then(function () { copied(true); }, function () { copied(document.execCommand("copy")); });
    else copied(document.execCommand("copy"));
  }

  function pageAt(path) {
    return Array.prototype.find.call(get("page").options, function (option) { return option.value === path; });
  }
  function checkPlace(path, found) {
    var fixed = /^embed\/v\/(\d{4}-\d\d-\d\d)\//.exec(path), place = path.split(/[?#]/)[0].replace(/^embed\/(v\/[^/]*\/)?/, "");
    var page = pageAt(place);
    if (!page && pageAt(place + "/")) found.push("Better: the address ends with a slash: " + site + path.split(/[?#]/)[0] + "/");
    else if (!page) found.push("Wrong: there is no page at " + site + path);
    else if (fixed && page.dataset.dates.split(" ").indexOf(fixed[1]) < 0) found.push("Wrong: there is no fixed version of " + fixed[1] + " of this page");
    else found.push("Right: the address leads to a page of this site");
  }
  function checkAddress(text, found) {
    var url;
    try { url = new URL(text); } catch (error) { found.push("Wrong: \u201c" + text.slice(0, 80) + "\u201d is no whole address. It begins with https://"); return; }
    if (url.href.indexOf(site) === 0) checkPlace(url.href.slice(site.length), found);
    else if (url.protocol === "http:" && url.host === new URL(site).host) found.push("Wrong: the address begins with http. Expected: " + site);
    else found.push("Wrong: " + url.host + " is not this site. Expected: " + site);
  }
  function checkFrame(one, found) {
    checkAddress(one.getAttribute("src") || "", found);
    if ((one.getAttribute("src") || "").indexOf("/embed/") < 0) found.push("Wrong: a frame takes the address with /embed/ in it");
    if (!one.getAttribute("title")) found.push("Better: a title, so that screen readers can name the frame");
    if (one.getAttribute("width") !== "100%") found.push("Better: width=\"100%\", or it is too wide on a phone");
    if (one.getAttribute("scrolling") === "no") found.push("Wrong: scrolling=\"no\" cuts off what does not fit");
    if (one.hasAttribute("sandbox") && one.getAttribute("sandbox").indexOf("allow-scripts") < 0) found.push("Note: sandbox without allow-scripts keeps the height fixed");
  }
  function checkScript(one, found) {
    var name = (one.getAttribute("src") || "").split("/").pop(), sri = one.getAttribute("integrity");
    var values = {}; values[data.embed] = data.embedSri; values[data.component] = data.componentSri;
    if (values[name] && sri && sri !== values[name]) found.push("Wrong: the integrity value is not that of " + name + ". Copy the code again");
    else if (values[name]) found.push("Right: the script is the present one");
    else if (/^(embed|prolotherapy-page)(\.[0-9a-f]{12})?\.js$/.test(name)) found.push("Note: the script is not the newest one, but it stays where it is");
    else found.push("Wrong: \u201c" + name + "\u201d is no script of this site");
  }
  function check() {
    var text = get("pasted").value.trim(), found = [], list = get("found");
    var inert = new DOMParser().parseFromString(text, "text/html");
    inert.querySelectorAll("iframe").forEach(function (one) { checkFrame(one, found); });
    inert.querySelectorAll("script").forEach(function (one) { checkScript(one, found); });
    inert.querySelectorAll("prolotherapy-page").forEach(function (one) {
      var version = one.getAttribute("version");
      checkAddress(site + (version ? "embed/v/" + version + "/" : "") + (one.getAttribute("page") || "?"), found);
      if (!one.querySelector("a[href]")) found.push("Better: a link inside the element, for when it cannot be loaded");
    });
    if (!text) found.push("There is nothing to check yet");
    else if (!inert.querySelector("iframe, script, prolotherapy-page")) checkAddress(text, found);
    else if (inert.querySelector("iframe") && !inert.querySelector("a[href]")) found.push("Better: a link below the frame, for visitors whose browser blocks frames");
    list.replaceChildren.apply(list, found.map(function (said) { var item = document.createElement("li"); item.textContent = said; return item; }));
  }

  form.addEventListener("submit", function (event) { event.preventDefault(); });
  form.addEventListener("change", function (event) {
    if (event.target.id === "pf-pasted") return;
    if (event.target.id === "pf-page") versions();
    if (event.target.name === "pf-width") get("preview").className = "pf-preview pf-preview--" + event.target.value;
    show();
  });
  get("copy").addEventListener("click", copy);
  get("check").addEventListener("click", check);
  window.addEventListener("message", function (event) {
    var height = event.source === get("frame").contentWindow && event.data && event.data.prolotherapyHeight;
    if (Number.isInteger(height) && height > 80 && height < 20000) get("frame").height = height + 2;
  });
  form.hidden = false;
  versions();
  show();
})();
