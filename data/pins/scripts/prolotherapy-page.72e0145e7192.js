(function () {
"use strict";
var me = document.currentScript, start = me && me.src ? new URL("../../", me.src).href : "";
var style = ":root,.pe{color-scheme:light;--paper:#fdfcf9;--ink:#121614;--soft:#3d4642;--link:#00513d;--rule:#66716c;--alert:#970b1b;--focus:#0b3fd1}[data-theme=\"dark\"]{color-scheme:dark;--paper:#0f1412;--ink:#eef3f0;--soft:#c2ccc7;--link:#8fdcbe;--rule:#8d9993;--alert:#ffb4b0;--focus:#9db8ff}@media (prefers-color-scheme:dark){[data-theme=\"auto\"]{color-scheme:dark;--paper:#0f1412;--ink:#eef3f0;--soft:#c2ccc7;--link:#8fdcbe;--rule:#8d9993;--alert:#ffb4b0;--focus:#9db8ff}}[data-accent=\"blue\"]{--link:#0b4a83;--rule:#0b4a83}[data-accent=\"violet\"]{--link:#553285;--rule:#553285}[data-accent=\"plum\"]{--link:#7a1f4d;--rule:#7a1f4d}[data-accent=\"brown\"]{--link:#653a10;--rule:#653a10}[data-accent=\"grey\"]{--link:#3d4642;--rule:#3d4642}[data-theme=\"dark\"][data-accent=\"blue\"]{--link:#9dc8f5;--rule:#9dc8f5}[data-theme=\"dark\"][data-accent=\"violet\"]{--link:#cdb8f2;--rule:#cdb8f2}[data-theme=\"dark\"][data-accent=\"plum\"]{--link:#f0b3d0;--rule:#f0b3d0}[data-theme=\"dark\"][data-accent=\"brown\"]{--link:#e8c29a;--rule:#e8c29a}[data-theme=\"dark\"][data-accent=\"grey\"]{--link:#c2ccc7;--rule:#c2ccc7}@media (prefers-color-scheme:dark){[data-theme=\"auto\"][data-accent=\"blue\"]{--link:#9dc8f5;--rule:#9dc8f5}[data-theme=\"auto\"][data-accent=\"violet\"]{--link:#cdb8f2;--rule:#cdb8f2}[data-theme=\"auto\"][data-accent=\"plum\"]{--link:#f0b3d0;--rule:#f0b3d0}[data-theme=\"auto\"][data-accent=\"brown\"]{--link:#e8c29a;--rule:#e8c29a}[data-theme=\"auto\"][data-accent=\"grey\"]{--link:#c2ccc7;--rule:#c2ccc7}}html,body{margin:0;background:var(--paper);color:var(--ink)}.pe{display:flow-root;box-sizing:border-box;max-width:46rem;margin:0 auto;padding:0 12px;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,-apple-system,\"Segoe UI\",Roboto,\"Helvetica Neue\",Arial,sans-serif;overflow-wrap:break-word;-webkit-text-size-adjust:100%;text-size-adjust:100%}.pe a{color:var(--link);text-underline-offset:.15em}.pe a.pw-term{color:inherit;text-decoration:underline dotted var(--link) 1.5px;text-underline-offset:.2em}.pe :is(a,summary):focus-visible{outline:3px solid var(--focus);outline-offset:2px}.pe :is(p,ul,ol,dl,table,figure){margin:0 0 10px}.pe :is(ul,ol){padding-inline-start:20px}.pe li{margin:0 0 4px}.pe :is(h2,h3,h4){margin:16px 0 6px;font-size:16px;line-height:1.35;font-weight:700}.pe :is(h3,h4){font-size:15px}.pe :is(img,svg){max-width:100%;height:auto}.pe [id]{scroll-margin-top:8px}.pe-head{border-top:4px double var(--rule);padding-top:8px}.pe .pe-site{margin:0;font-size:13px;line-height:19px;color:var(--soft)}.pe .pe-title{margin:0 0 4px;font-size:22px;line-height:28px;font-weight:700;letter-spacing:-.005em}.pe .pe-title a{color:inherit;text-decoration:none}.pe .pe-title a:hover{text-decoration:underline}.pe .pe-stamp{margin:0 0 10px;font-size:13px;line-height:19px;color:var(--soft)}.pe-stamp > span{display:inline-block;margin-inline-end:12px}.pe-stamp strong{font-weight:inherit;color:var(--ink)}.pe .pe-message{font-size:16px;line-height:22px;font-weight:600}.pe .pw-cite{font-size:11px;line-height:0;vertical-align:.4em;margin-inline-start:1px}.pe .pw-cite a{padding:2px 3px;text-decoration:none}.pe .pw-cite a:hover{text-decoration:underline}.pe .pe-harms{margin:0 0 10px}.pe .pe-harms h2{margin:0 0 2px;font-size:13px;line-height:18px}.pe .pw-care{margin:0 0 10px;padding:0 10px 4px;border:1px solid var(--rule);font-size:14px;line-height:19px}.pe .pw-care p{margin:0 0 6px}.pe .pw-care ul{margin:0 0 6px;padding-inline-start:16px}.pe .pw-care li{margin:0 0 3px}.pe :is(.pe-harms,.pw-care.pe-short) ul{margin:0 0 6px;padding:0;list-style:none;font-size:14px;line-height:19px}.pe :is(.pe-harms,.pe-short) li{display:inline}.pe :is(.pe-harms,.pe-short) li:not(:last-child)::after{content:\" ▪ \" / \",\";color:var(--alert)}.pe .pw-care .pw-care__level{margin:0 -10px 6px;padding:3px 10px;border-bottom:1px solid var(--rule);font-weight:700}.pe :is(.pw-care--emergency,.pw-care--urgent){border:2px solid var(--alert)}.pe .pw-care--emergency .pw-care__level{background:var(--alert);color:var(--paper);border:0}.pe .pw-care--urgent .pw-care__level{color:var(--alert);border-color:var(--alert)}.pe details{border-top:1px solid var(--rule)}.pe summary{display:flex;gap:10px;justify-content:space-between;align-items:center;min-height:40px;cursor:pointer;list-style:none;color:var(--link);font-weight:600;line-height:1.3}.pe summary::-webkit-details-marker{display:none}.pe summary::after{content:\"\" / \"\";flex:none;width:7px;height:7px;margin-inline-end:4px;border:solid;border-width:0 2px 2px 0;transform:rotate(45deg) translate(-2px,-2px)}.pe details[open] > summary::after{transform:rotate(225deg) translate(-2px,-2px)}.pe summary,.pe summary h2{font-size:16px;line-height:21px;font-weight:600}.pe summary h2{margin:6px 0}.pe summary + *{margin-block-start:2px}.pe .pe-all details{margin-inline-start:12px}.pe :is(.pe-sources,.pe-dates){font-size:14px;line-height:20px}.pe .pw-sources__reference{margin:0}.pe .pw-sources__depth{color:var(--soft)}.pe .pe-sources li{overflow-wrap:anywhere}.pe table{width:100%;border-collapse:collapse;font-size:14px;line-height:20px}.pe :is(th,td){padding:5px 10px 5px 0;border-bottom:1px solid var(--rule);text-align:start;vertical-align:top}.pe dd{margin:0}.pe pre{margin:0 0 10px;white-space:pre-wrap;overflow-wrap:anywhere;font-size:13px;line-height:18px}.pe :is(.pw-tally,.pw-strip){border-bottom:4px double var(--rule)}.pe :is(.pw-tally,.pw-strip) > div{display:grid;grid-template-columns:1fr auto;gap:0 12px;padding:5px 0;border-top:1px solid var(--rule);font-size:14px;line-height:20px}.pe .pw-strip > div{grid-template-columns:1fr}.pe :is(.pw-tally dd,.pw-strip__number,.pw-figure__title){font-weight:700}.pe .pw-box{display:inline-block;width:48px;height:18px;border:2px dashed var(--rule)}.pe .pw-figure__note{color:var(--soft);font-size:13px}.pe .pw-dots{display:grid;grid-template-columns:1fr 1fr 1fr;text-align:center;font-size:13px;line-height:18px}.pe .pw-dots i{display:block;border-bottom:1px solid var(--rule)}.pe .pw-dots circle{fill:var(--link);stroke:var(--link);stroke-width:2}.pe .pw-dots .pw-dots__both{fill:var(--paper)}.pe .pw-on,.pe .pw-bar--first{fill:var(--link)}.pe .pw-off{fill:none;stroke:var(--rule)}.pe .pw-bar{fill:var(--rule)}.pe .pw-axis{stroke:var(--rule)}.pe text{fill:var(--soft);font-size:13px}.pe-notice{margin:0 0 12px;padding:8px 12px;border:2px solid var(--alert);font-size:14px;line-height:20px}.pe .pe-notice p{margin:0 0 4px}.pe-foot{border-top:4px double var(--rule);padding:8px 0;font-size:13px;line-height:18px;color:var(--soft)}.pe .pe-foot p{margin:0 0 4px}.pe-source{overflow-wrap:anywhere;margin-inline-end:.4em}@media (min-width:30em){.pe{padding:0 24px}.pe .pe-title{font-size:26px;line-height:32px}.pe .pe-message{font-size:19px;line-height:27px}.pe :is(.pe-harms,.pw-care.pe-short) ul{columns:2 14rem;column-gap:24px}.pe :is(.pe-harms,.pe-short) li{display:block;padding-inline-start:12px;border-inline-start:2px solid var(--alert);break-inside:avoid}.pe :is(.pe-harms,.pe-short) li:not(:last-child)::after{content:none}}@media (max-width:30em){.pe .pw-table thead{position:absolute;clip-path:inset(50%)}.pe .pw-table :is(tbody,tr,th,td){display:block}.pe .pw-table tr{padding:6px 0;border-bottom:1px solid var(--rule)}.pe .pw-table :is(tbody th,td){padding:0;border:0}.pe .pw-table td[data-label]::before{content:attr(data-label) \":\";font-weight:600}}@media print{.pe a[rel=\"license\"]::after,.pe .pw-sources__reference a::after{content:\" (\" attr(href) \")\"}.pe details::details-content{content-visibility:visible;display:block}.pe summary::after{display:none}}", themes = ["light", "dark", "auto"], accents = ["green", "blue", "violet", "plum", "brown", "grey"];
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
