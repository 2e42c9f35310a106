import { withShortWords } from './short-words';

it.each([
  ['Rhythm tracks', 'Rhythm tracks'],
  ['AI, C++ and Go', 'AI, C++ and Go\nai_ c__ go_'],
  ["It's on. It IS on", "It's on. It IS on\nit_ s__ on_ is_"],
  ['', ''],
  ['日本の C', '日本の C\nc__'],
  ['日本', '日本\n日本_'],
  ['😀', '😀'],
])('%j is kept as %j', (text, kept) => expect(withShortWords(text)).toBe(kept));
