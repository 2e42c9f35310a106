import { isSteadyPattern } from './steady-pattern.rules';

it.each([
  '^$',
  '^[a-z]{2}$',
  '^#[0-9a-fA-F]{6}$',
  '^[a-z][a-z0-9_-]*$',
  '^\\d{4}-\\d{2}-\\d{2}$',
  '^.{1,40}$',
  '^[^\\s]+$',
  '^v\\.[0-9]?$',
])('takes %s', (pattern) => {
  expect(isSteadyPattern(pattern)).toBe(true);
});

it.each([
  '',
  'abc',
  '^abc',
  'abc$',
  '^(a+)+$',
  '^(a|a)*$',
  '^a*a*b$',
  '^a{1,9}b$',
  '^(?=a)a$',
  '^(a)\\1$',
  '^[a-z]*?$',
  '^a|b$',
  '^a$^b$',
  '^a**$',
  '^[a-z$',
  `^${'a'.repeat(300)}$`,
])('refuses %s', (pattern) => {
  expect(isSteadyPattern(pattern)).toBe(false);
});
