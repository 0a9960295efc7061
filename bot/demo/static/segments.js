// How many SMS a text takes: GSM 03.38 in septets, or UCS-2 as soon as one character is outside of it.

const BASIC = new Set(
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿" +
  "abcdefghijklmnopqrstuvwxyzäöñüà",
);
const EXTENDED = new Set("\f^{}\\[~]|€");

/** Return the units used, the units one message holds, and the number of messages. */
export function segments(text) {
  const letters = [...text];
  const plain = letters.every((letter) => BASIC.has(letter) || EXTENDED.has(letter));
  const used = plain ? letters.length + letters.filter((letter) => EXTENDED.has(letter)).length : text.length;
  const [one, part] = plain ? [160, 153] : [70, 67];
  return { used, room: one, count: used <= one ? 1 : Math.ceil(used / part) };
}
