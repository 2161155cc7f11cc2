/** Text that stands in XML as itself. What XML cannot hold at all is replaced. */
export function escapeXml(text: string): string {
  return text
    .replace(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '\u{fffd}')
    .replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** Attributes of an element; those that are undefined are left out. */
export type Attributes = Readonly<Record<string, string | number | undefined>>;

/** An SVG element as text. `content` is SVG already, so texts in it must be escaped. */
export function element(name: string, attributes: Attributes, content = ''): string {
  const written = Object.entries(attributes)
    .flatMap(([key, value]) => (value === undefined ? [] : [` ${key}="${attribute(value)}"`]))
    .join('');
  return content === '' ? `<${name}${written}/>` : `<${name}${written}>${content}</${name}>`;
}

function attribute(value: string | number): string {
  return typeof value === 'number' ? pixels(value) : escapeXml(value);
}

/** At most two decimals: what an eye can see, and the same bytes on every machine. */
function pixels(value: number): string {
  return String(Math.round(value * 100) / 100);
}
