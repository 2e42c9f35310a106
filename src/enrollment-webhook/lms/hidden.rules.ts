import { storable } from '../../common/storable';

/** A text of an LMS's as it is kept and shown: secrets and addresses of ours that it repeats are not. */
export function withoutHidden(text: string, hidden: readonly string[], longest: number): string {
  const spellings = [...new Set(hidden.flatMap(spellingsOf))].sort((a, b) => b.length - a.length);
  const shown = spellings.length === 0 ? text : text.replace(new RegExp(spellings.map(escaped).join('|'), 'gi'), '…');
  return storable(shown).slice(0, longest).toWellFormed();
}

/** As it is, in JSON, in a URL and in a form. */
function spellingsOf(text: string): string[] {
  if (text === '') return [];
  const form = new URLSearchParams({ '': text }).toString().slice(1);
  return [text, JSON.stringify(text).slice(1, -1), encodeURIComponent(text), form];
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
