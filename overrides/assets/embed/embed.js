(function () {
  "use strict";
  var me = document.currentScript, home = me && me.src ? new URL("../../embed/", me.src).href : "";
  var origin = home && new URL(home).origin, LOWEST = 80, HIGHEST = 20000;

  function frames() {
    return Array.prototype.filter.call(document.querySelectorAll("iframe[src]"), function (frame) {
      return home && frame.src.indexOf(home) === 0;
    });
  }
  function ask() {
    frames().forEach(function (frame) {
      if (frame.offsetWidth && frame.contentWindow) frame.contentWindow.postMessage({ prolotherapy: "ready" }, origin);
    });
  }
  window.addEventListener("message", function (event) {
    var height = event.origin === origin && event.data && event.data.prolotherapyHeight;
    if (!Number.isInteger(height) || height < LOWEST || height > HIGHEST) return;
    frames().forEach(function (frame) {
      if (frame.contentWindow === event.source) frame.style.height = height + "px";
    });
  });
  ask();
  document.addEventListener("DOMContentLoaded", ask);
  window.addEventListener("load", ask); // a frame far below the screen is not told that it got its width
})();
