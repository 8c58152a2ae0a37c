/** The bytes as base64 text, in Node and in browsers. */
export function toBase64(bytes: Uint8Array): string {
  const chunks: string[] = [];
  // fromCharCode takes its characters as arguments, of which there is a limit.
  for (let at = 0; at < bytes.length; at += 8192) chunks.push(String.fromCharCode(...bytes.subarray(at, at + 8192)));
  return btoa(chunks.join(''));
}

/** The bytes of base64 text. */
export const fromBase64 = (text: string): Uint8Array =>
  Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
