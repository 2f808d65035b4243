// Runs inside a page that is shown at some width; tells what a reader could not read.
(() => {
  const complaints = [];
  const complain = (kind, what) => complaints.push(kind + ": " + what);
  window.addEventListener("error", event => complain("console", event.message || "a resource failed"), true);
  const error = console.error;
  console.error = (...words) => { complain("console", words.join(" ")); error.apply(console, words); };

  const place = element => element.tagName.toLowerCase() + (element.id ? "#" + element.id : "")
    + " \"" + element.textContent.trim().slice(0, 30) + "\"";

  const overflow = () => {
    const wide = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth > wide) {
      complain("overflow", "the page is " + document.documentElement.scrollWidth + " wide, its window " + wide);
    }
    for (const element of document.querySelectorAll("main *, nav *, header *")) {
      const box = element.getBoundingClientRect();
      if (box.width > 0 && (box.right > wide + 1 || box.left < -1)
          && getComputedStyle(element.closest("thead") || element).position !== "absolute") {
        complain("overflow", place(element));
      }
    }
  };

  const figures = () => {
    for (const figure of document.querySelectorAll("figure")) {
      const drawing = figure.querySelector("svg");
      const marks = drawing ? [...drawing.querySelectorAll(".mark")] : [];
      if (!marks.some(mark => mark.getBBox().width > 0 || mark.getBBox().height > 0)) {
        complain("empty figure", place(figure));
      }
    }
  };

  const texts = () => {
    for (const drawing of document.querySelectorAll("svg")) {
      const frame = drawing.viewBox.baseVal;
      const boxes = [...drawing.querySelectorAll("text")].map(text => ({text, box: text.getBBox()}));
      for (const {text, box} of boxes) {
        if (box.x < -1 || box.x + box.width > frame.width + 1 || box.y + box.height > frame.height + 2) {
          complain("cut text", place(text));
        }
      }
      for (let i = 0; i < boxes.length; i++) {
        for (let j = i + 1; j < boxes.length; j++) {
          const a = boxes[i].box, b = boxes[j].box;
          if (Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x) > 1
              && Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y) > 4) {
            complain("overlapping texts", place(boxes[i].text) + " and " + place(boxes[j].text));
          }
        }
      }
    }
  };

  window.complaints = () => {
    document.querySelectorAll("details").forEach(details => { details.open = true; });
    overflow();
    figures();
    texts();
    for (const fetched of document.querySelectorAll("[src], link[href]")) {
      complain("network", fetched.getAttribute("src") || fetched.getAttribute("href"));
    }
    return complaints;
  };
})();
