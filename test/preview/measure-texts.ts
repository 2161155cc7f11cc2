/** What `MEASURE_TEXTS` answers. */
export interface MeasuredTexts {
  readonly count: number;
  /** Texts that overlap, and those that reach out of their panel. */
  readonly troubles: readonly string[];
}

/** Runs in the page: measures every text of every panel as the browser draws it. */
export const MEASURE_TEXTS = `(() => {
  const troubles = [];
  let count = 0;
  for (const panel of document.querySelectorAll('#picture g[data-panel]')) {
    const frame = panel.querySelector('rect:not(clipPath rect)')?.getBoundingClientRect();
    const texts = [...panel.querySelectorAll('text')]
      .map((text) => ({ text: text.textContent ?? '', box: text.getBoundingClientRect() }))
      .filter(({ text }) => text.trim() !== '');
    count += texts.length;
    for (const [index, { text, box }] of texts.entries()) {
      if (
        frame &&
        (box.left < frame.left - 1 || box.right > frame.right + 1 || box.bottom > frame.bottom + 3)
      )
        troubles.push(\`"\${text}" leaves its panel\`);
      for (const other of texts.slice(index + 1)) {
        const width = Math.min(box.right, other.box.right) - Math.max(box.left, other.box.left);
        // A line's box is higher than its letters: a quarter of it is free.
        const height = Math.min(box.bottom, other.box.bottom) - Math.max(box.top, other.box.top);
        if (width > 1 && height > 0.3 * Math.min(box.height, other.box.height))
          troubles.push(\`"\${text}" overlaps "\${other.text}"\`);
      }
    }
  }
  return { count, troubles };
})()`;

/** Runs in the page: makes all texts far too large. */
export const ENLARGE_TEXTS = `for (const text of document.querySelectorAll('#picture text')) text.style.fontSize = '60px';`;
