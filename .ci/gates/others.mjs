import { jestLog } from './jest-log.mjs';

// What the other static gates must refuse.
export const OTHERS = [
  {
    gate: 'format',
    title: 'double quotes',
    says: /wrong\.ts/,
    files: { 'src/auth/wrong.ts': 'export const a = "b"\n' },
  },
  {
    gate: 'tests',
    title: 'no test',
    says: /no test ran/,
    files: { 'jest.log': jestLog('0 total', '0 total') },
  },
  {
    gate: 'tests',
    title: 'only skipped tests',
    says: /no test ran/,
    files: { 'jest.log': jestLog('4 skipped, 4 total', '1 skipped, 1 total') },
  },
  {
    gate: 'tests',
    title: 'no summary',
    says: /expected one line/,
    files: { 'jest.log': 'No tests found, exiting with code 0\nRan all test suites.\n' },
  },
  {
    gate: 'tests',
    title: 'a filtered run',
    says: /did not run all/,
    files: { 'jest.log': jestLog('5 passed, 5 total').replace('suites.', 'suites matching /auth/i.') },
  },
  {
    gate: 'deployment',
    title: 'a published database',
    says: /db: is published/,
    files: {
      'docker-compose.yml': (text) => text.replace('image: postgres', "ports: ['5432:5432']\n    image: postgres"),
    },
  },
  {
    gate: 'deployment',
    title: 'a secret in the open',
    says: /belongs in a secret/,
    files: {
      'docker-compose.yml': (text) => text.replace('JWT_SECRET_FILE: /run/secrets/jwt_secret', 'JWT_SECRET: abc'),
    },
  },
  {
    gate: 'deployment',
    title: 'an unknown word',
    says: /additional propert/,
    files: { 'docker-compose.yml': (text) => text.replace('cap_drop', 'capdrop') },
  },
  {
    gate: 'deployment',
    title: 'an undeclared secret',
    says: /no secrets "other"/,
    files: { 'docker-compose.yml': (text) => text.replace('secrets: [db_password]', 'secrets: [other]') },
  },
  {
    gate: 'deployment',
    title: 'root in the image',
    says: /runs as root/,
    files: { Dockerfile: (text) => text.replace('USER node', 'USER root') },
  },
  {
    gate: 'deployment',
    title: 'an image without a version',
    says: /not pinned/,
    files: { 'docker-compose.yml': (text) => text.replace(/nginx:[\w.-]+/, 'nginx:latest') },
  },
  {
    gate: 'nginx',
    title: 'a directive that does not exist',
    says: /unknown directive/,
    files: { 'docker/nginx/templates/default.conf.template': (text) => text.replace('gzip on', 'gzipp on') },
  },
  {
    gate: 'nginx',
    title: 'a variable nobody fills in',
    says: /nobody fills in/,
    files: { 'docker/nginx/templates/default.conf.template': (text) => text.replace('NGINX_PORT', 'PORTO') },
  },
  {
    gate: 'nginx',
    title: 'an address that a client may choose',
    says: /X-Forwarded-For arrives as/,
    files: {
      'docker/nginx/templates/default.conf.template': (text) =>
        text.replace('For $remote_addr', 'For $proxy_add_x_forwarded_for'),
    },
  },
  {
    gate: 'nginx',
    title: 'a compressed stream',
    says: /a live stream is held back/,
    files: {
      'docker/nginx/templates/default.conf.template': (text) =>
        text.replace('text/plain;', 'text/plain text/event-stream;').replace('gzip off', 'gzip on'),
    },
  },
  {
    gate: 'nginx',
    title: 'a path on the way',
    says: /the path arrives as/,
    files: {
      'docker/nginx/templates/default.conf.template': (text) => text.replace('proxy_pass $api;', 'proxy_pass $api/;'),
    },
  },
];
