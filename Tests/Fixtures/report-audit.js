// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

// Tells the page around it what is wrong with how a page looks: what is wider than the screen, what
// has too little contrast (WCAG 2.1: 4.5 for text, 3 for drawings), what the keyboard cannot reach,
// what has no label. The last line is what was looked at.

"use strict";

{
  const problems = [];
  const tell = (what, element) => problems.push(what + ": " + element.tagName.toLowerCase()
    + (element.id ? "#" + element.id : "") + " " + (element.getAttribute("class") || "") + " “"
    + element.textContent.trim().slice(0, 40) + "”");
  const isShown = (element) => element.checkVisibility() && !element.closest(".hidden, .skip")
    && getComputedStyle(element).clipPath === "none";

  // MARK: Width

  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth > width) problems.push("the page scrolls sideways");
  const boxes = [...document.body.querySelectorAll("*")].filter(isShown);
  for (const element of boxes) {
    const box = element.getBoundingClientRect();
    if (box.width > 0 && (box.right > width + 0.5 || box.left < -0.5)) tell("too wide", element);
    if (element.matches(".line") && box.height > 32) tell("more than one line", element);
  }

  // MARK: Contrast

  const channels = (color) => {
    const numbers = (color.match(/[\d.]+/g) || []).map(Number);
    return numbers.length === 3 ? [...numbers, 1] : numbers;
  };
  const over = (color, ground) =>
    [0, 1, 2].map((each) => color[each] * color[3] + ground[each] * (1 - color[3]));
  const ground = (element) => {
    if (!element) return [255, 255, 255];
    return over(channels(getComputedStyle(element).backgroundColor), ground(element.parentElement));
  };
  const luminance = (color) => {
    const [red, green, blue] = color.map((each) => {
      const value = each / 255;
      return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const contrast = (one, other) => {
    const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  let texts = 0;
  for (const element of boxes) {
    const style = getComputedStyle(element);
    const hasText = [...element.childNodes].some((node) =>
      node.nodeType === Node.TEXT_NODE && node.textContent.trim());
    if (hasText) {
      texts += 1;
      const behind = ground(element);
      const found = contrast(over(channels(style.color), behind), behind);
      if (found < 4.5) tell("contrast " + found.toFixed(2), element);
    }
    if (element.matches("rect, path")) {
      const color = style.fill === "none" ? style.stroke : style.fill;
      const behind = ground(element.closest("svg"));
      const found = contrast(over(channels(color), behind), behind);
      if (found < 3) tell("contrast of a drawing " + found.toFixed(2), element);
    }
  }

  // MARK: Keyboard and labels

  const controls = boxes.filter((element) =>
    element.matches("a[href], button, input, select, summary, [tabindex='0']")
      && !element.disabled);
  for (const element of controls) {
    element.focus();
    if (document.activeElement !== element) tell("takes no focus", element);
    const outline = getComputedStyle(element);
    if (outline.outlineStyle === "none" || parseFloat(outline.outlineWidth) < 2) {
      tell("shows no focus", element);
    }
    if (element.tabIndex > 0) tell("out of order", element);
    if (element.matches("input, select") && !element.labels.length) tell("no label", element);
    if (element.matches("button, a") && !element.textContent.trim()) tell("no name", element);
  }
  const dark = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  for (const problem of problems) parent.postMessage(problem, "*");
  parent.postMessage([innerWidth, dark, texts > 50, controls.length > 10].join(" "), "*");
}
