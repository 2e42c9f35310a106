import { mysqlQuery, postgresQuery } from './post-query.rules';

it.each([
  ['rhythm track', { words: 'rhythm', beginning: "'track':*" }],
  ['rhythm', { words: '', beginning: "'rhythm':*" }],
  ['rhythm a', { words: 'rhythm a', beginning: '' }],
  ["rhythm 'track' | -x", { words: "rhythm 'track' | -x", beginning: '' }],
  ["it's", { words: "it's", beginning: '' }],
  ['foo.bar', { words: 'foo.bar', beginning: '' }],
])('PostgreSQL looks for %j', (text, query) => expect(postgresQuery(text)).toEqual(query));

it.each([
  ['rhythm track', '+rhythm +track*'],
  ['the rhythm of it', '+the +rhythm +of_ +it_'],
  ['+rhythm -track* "(quoted)" @3 ~<>', '+rhythm +track +quoted +3__'],
  ['the who', '+the +who*'],
  ['AI', '+AI_'],
  ['C++', '+C__'],
  ['"', ''],
])('MySQL looks for %j', (text, query) => expect(mysqlQuery(text)).toBe(query));
