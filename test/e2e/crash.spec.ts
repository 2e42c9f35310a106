import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { type AppProcess, startAppProcess } from '../setup/processes';
import { closeAfterSpec, specDatabase } from '../setup/spec-database';

/** What a person was told is kept: a process killed between commit and delivery loses no mail. */
const PEOPLE = 20;
const received: { to: string; messageId: string }[] = [];

/** Takes connections and says nothing, as a mail server in trouble does. */
async function silentServer(): Promise<{ port: number; close: () => Promise<void> }> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  return {
    port,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

async function mailServer(port: number): Promise<void> {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const messageId = /^Message-ID: (.*)$/im.exec(Buffer.concat(chunks).toString())?.[1] ?? '';
        const to = session.envelope.rcptTo[0]?.address ?? '';
        received.push({ to, messageId: messageId.trim() });
        done();
      });
    },
  });
  server.listen(port, '127.0.0.1');
  await once(server.server, 'listening');
  closeAfterSpec(() => new Promise<void>((resolve) => server.close(() => resolve())));
}

async function register(app: AppProcess, number: number): Promise<string> {
  const email = `survivor${number}@example.org`;
  const password = 'correct-Horse-7-battery';
  const answer = await fetch(`${app.url}/authenticate/rest-auth/registration/`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: `survivor${number}`, email, password1: password, password2: password }),
  });
  expect([answer.status, await answer.json()]).toEqual([201, { detail: 'Verification e-mail sent.' }]);
  return email;
}

it('delivers every committed mail after a kill -9', async () => {
  const silent = await silentServer();
  const overrides = { DATABASE_URL: await specDatabase(), SMTP_URL: `smtp://127.0.0.1:${silent.port}` };
  const doomed = await startAppProcess(overrides);
  const people = await Promise.all(Array.from({ length: PEOPLE }, (_, number) => register(doomed, number)));
  expect(await doomed.signal('SIGKILL')).toBe('SIGKILL');
  await silent.close();

  await mailServer(silent.port);
  await startAppProcess(overrides);
  const deadline = performance.now() + 60_000;
  while (new Set(received.map(({ to }) => to)).size < PEOPLE && performance.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  expect(received.map(({ to }) => to).sort()).toEqual([...people].sort());
  expect(new Set(received.map(({ messageId }) => messageId)).size).toBe(PEOPLE);
}, 120_000);
