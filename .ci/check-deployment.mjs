// The compose file against the Compose Specification's schema (.ci/schemas, Apache-2.0, compose-spec/compose-spec at
// 170098b), and both it and the Dockerfile against the house's own rules. Usage: node .ci/check-deployment.mjs [root]
import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import Ajv from 'ajv';
import { load } from 'js-yaml';

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(process.argv[2] ?? join(here, '..'));
const problems = [];
const compose = load(readFileSync(join(root, 'docker-compose.yml'), 'utf8'));
checkSchema();
checkReferences();
for (const [name, service] of Object.entries(compose.services ?? {})) checkService(name, service);
checkPorts();
checkDockerfile(readFileSync(join(root, 'Dockerfile'), 'utf8'));
for (const problem of problems) console.error(problem);
console.log(`deployment: ${Object.keys(compose.services ?? {}).length} services, ${problems.length} problems`);
process.exitCode = problems.length === 0 ? 0 : 1;

function expect(condition, text) {
  if (!condition) problems.push(text);
}

function checkSchema() {
  const schema = JSON.parse(readFileSync(join(here, 'schemas/compose-spec.json'), 'utf8'));
  // Its name lacks the closing # under which Ajv knows draft-07.
  delete schema.$schema;
  const ajv = new Ajv({ strict: false, allErrors: true, formats: { duration: /^([\d.]+(h|m|s|ms|us|ns))+$/ } });
  const validate = ajv.compile(schema);
  if (validate(compose)) return;
  for (const error of validate.errors) problems.push(`docker-compose.yml${error.instancePath} ${error.message}`);
}

/** What a service names must be declared below. */
function checkReferences() {
  for (const [name, service] of Object.entries(compose.services ?? {})) {
    const named = {
      secrets: (service.secrets ?? []).map((secret) => secret.source ?? secret),
      networks: Array.isArray(service.networks) ? service.networks : Object.keys(service.networks ?? {}),
      services: Object.keys(service.depends_on ?? {}),
      volumes: (service.volumes ?? [])
        .map((volume) => volume.source ?? volume.split(':')[0])
        .filter((v) => !/^[./]/.test(v)),
    };
    for (const [kind, names] of Object.entries(named)) {
      for (const item of names)
        expect(compose[kind]?.[item] !== undefined || item in (compose[kind] ?? {}), `${name}: no ${kind} "${item}"`);
    }
  }
}

function checkService(name, service) {
  expect(service.restart === 'unless-stopped' || service.restart === 'always', `${name}: no restart policy`);
  expect(service.healthcheck !== undefined || service.build !== undefined, `${name}: no health check`);
  expect(
    service.build !== undefined || /:\d+\.\d+[\w.-]*$/.test(service.image ?? ''),
    `${name}: its image is not pinned`,
  );
  expect(service.privileged === undefined, `${name}: is privileged`);
  for (const [variable, value] of Object.entries(service.environment ?? {})) {
    const secret = /(SECRET|PASSWORD|_KEY|TOKEN|DATABASE_URL)$/.test(variable);
    expect(!secret || value === '', `${name}: ${variable} belongs in a secret, as ${variable}_FILE`);
  }
}

/** Only nginx is reached from outside, on 8080; the data lies on a named volume. */
function checkPorts() {
  const { db, api, nginx } = compose.services ?? {};
  expect(db && api && nginx, 'db, api and nginx are the services');
  for (const [name, service] of Object.entries(compose.services ?? {})) {
    expect(name === 'nginx' || service.ports === undefined, `${name}: is published`);
    expect(service.network_mode === undefined, `${name}: has a network_mode`);
  }
  expect(
    (nginx?.ports ?? []).some((port) => String(port).startsWith('8080:')),
    'nginx: is not published on 8080',
  );
  expect(nginx?.environment?.NGINX_API === 'api:8000', 'nginx: does not lead to api:8000');
  const named = (db?.volumes ?? []).map((volume) => String(volume).split(':')[0]);
  expect(
    named.some((volume) => volume in (compose.volumes ?? {})),
    'db: no named volume',
  );
}

function checkDockerfile(text) {
  const stages = text.split(/^(?=FROM )/m).filter((stage) => stage.startsWith('FROM '));
  const last = stages.at(-1) ?? '';
  expect(stages.length > 1, 'Dockerfile: has one stage');
  for (const stage of stages) {
    expect(/^FROM \S+:\d+\.\d+\.\d+\S*/.test(stage), `Dockerfile: not pinned: ${stage.split('\n')[0]}`);
  }
  expect(/^USER (?!root|0)\S+/m.test(last), 'Dockerfile: runs as root');
  expect(/^HEALTHCHECK /m.test(last), 'Dockerfile: has no HEALTHCHECK');
  expect(/^ENV .*NODE_ENV=production/m.test(last), 'Dockerfile: NODE_ENV is not production');
  expect(/npm ci/.test(text) && !/npm install/.test(text), 'Dockerfile: installs without the lock file');
}
