'use strict';
// The page's own script. Logging in sets HttpOnly cookies, which this script never sees: requests of Swagger UI go to the
// same origin, so the browser sends them along.

const SPEC = '/docs-json';
/** Access tokens live five minutes by default; a page that is read longer renews them before it calls. */
const RENEW_AFTER_MS = 4 * 60 * 1000;
/** In this tab only, and no secret: whether it is worth asking for a renewal. */
const LOGGED_IN = 'guildhall-docs-logged-in';

const logIn = document.getElementById('log-in');
const logOut = document.getElementById('log-out');
const message = document.getElementById('message');
let ui;
let renewedAt = 0;
let renewal;

function call(method, path, body) {
  return fetch(path, {
    method,
    credentials: 'same-origin',
    headers: body === undefined ? {} : { 'Content-Type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
}

/** What an answer says of an error, in DRF's shape: `detail`, or the messages of each field. */
async function reasonOf(answer) {
  const body = await answer.json().catch(() => ({}));
  return body.detail ?? (Object.values(body).flat().join(' ') || `The server answered ${answer.status}.`);
}

async function showAccount() {
  let profile = await call('GET', '/api/user/profile/');
  if (profile.status === 401 && sessionStorage.getItem(LOGGED_IN) && (await renew())) {
    profile = await call('GET', '/api/user/profile/');
  }
  const account = profile.ok ? await profile.json() : undefined;
  document.getElementById('who').textContent = account?.username ?? '';
  logIn.hidden = account !== undefined;
  logOut.hidden = account === undefined;
  if (account === undefined) sessionStorage.removeItem(LOGGED_IN);
  else sessionStorage.setItem(LOGGED_IN, 'yes');
}

/** One renewal at a time; true where it succeeded. */
function renew() {
  renewal ??= call('POST', '/api/token/refresh/', {})
    .then(
      (answer) => answer.ok,
      () => false,
    )
    .then((renewed) => {
      if (renewed) renewedAt = Date.now();
      return renewed;
    })
    .finally(() => (renewal = undefined));
  return renewal;
}

async function beforeRequest(request) {
  const due = sessionStorage.getItem(LOGGED_IN) && Date.now() - renewedAt > RENEW_AFTER_MS;
  if (due && !request.loadSpec && !/\/api\/(token|user\/logout)\//.test(request.url)) await renew();
  return request;
}

function reloadSpec() {
  ui.specActions.updateUrl(SPEC);
  ui.specActions.download(SPEC);
}

/** Runs what a form asks for, once at a time. A failure says its reason below the form and changes nothing else. */
function onSubmit(form, submit, succeeded) {
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const button = form.querySelector('button');
    button.disabled = true;
    message.textContent = '';
    try {
      const answer = await submit(Object.fromEntries(new FormData(form)));
      if (answer.ok) {
        form.reset();
        succeeded();
        await showAccount();
        reloadSpec();
      } else message.textContent = await reasonOf(answer);
    } catch {
      message.textContent = 'The server did not answer.';
    } finally {
      button.disabled = false;
    }
  });
}

onSubmit(
  logIn,
  ({ username, password }) => call('POST', '/api/token/', { username, password }),
  () => (renewedAt = Date.now()),
);
onSubmit(
  logOut,
  () => call('POST', '/api/user/logout/'),
  () => sessionStorage.removeItem(LOGGED_IN),
);

function startUi() {
  ui = window.SwaggerUIBundle({
    url: SPEC,
    domNode: document.getElementById('swagger-ui'),
    withCredentials: true,
    requestInterceptor: beforeRequest,
    persistAuthorization: false,
    deepLinking: true,
    displayRequestDuration: true,
    filter: true,
    tryItOutEnabled: true,
    docExpansion: 'list',
    validatorUrl: null,
  });
}

// Also when the server can't say who is logged in: the document is for everybody.
void showAccount()
  .catch(() => {})
  .finally(startUi);
