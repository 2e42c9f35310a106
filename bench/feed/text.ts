import { type Chance, Popularity } from './chance';

const COMMON =
  `music rhythm studio guitar violin lesson sketch colour portrait clay garden harvest recipe bread coffee mountain river
  travel journal camera light shadow film story chapter poem theatre dance yoga breath history science robot circuit
  python football cricket chess puzzle planet ocean forest tiger elephant market street festival lantern monsoon winter
  summer spring letter paper silver golden quiet loud early late fresh old new first last small large simple hidden open
  secret morning evening weekly monthly behind scenes question answer draft final process practice`
    .split(/\s+/)
    .filter((word) => word !== '');
const SYLLABLES = 'ka ri mo ta ne lu so vi da pe ro mi ha ju na be'.split(' ');

/** As a language has them: a few that everybody uses, thousands that hardly anybody does. */
const WORDS: readonly string[] = [
  ...COMMON,
  ...SYLLABLES.flatMap((a) => SYLLABLES.flatMap((b) => SYLLABLES.map((c) => a + b + c))),
];
const FREQUENCY = new Popularity(WORDS.length);

const FIRST = 'Asha Ravi Meera John Anna Omar Lena Kofi Priya Daniel Sofia Arjun Fatima Lucas Nina Tariq Elena Vikram';
const LAST = 'Rao Sharma Iyer Smith Novak Haddad Costa Mensah Krishnamurthy Weber Rossi Tanaka Silva Dubois Khan';
export const FIRST_NAMES = FIRST.split(' ');
export const LAST_NAMES = LAST.split(' ');

function words(chance: Chance, count: number): string {
  return Array.from({ length: count }, () => WORDS[FREQUENCY.draw(chance)]).join(' ');
}

export function title(chance: Chance): string {
  const text = words(chance, 3 + chance.below(5));
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Most are short, a few long. */
export function body(chance: Chance): string {
  return words(chance, 15 + Math.floor(200 * chance.next() ** 4));
}

export function remark(chance: Chance): string {
  return words(chance, 3 + chance.below(12));
}
