import { DataSource } from 'typeorm';
import { Database } from '../../src/infra/database/database';
import { ShutdownService } from '../../src/infra/health/shutdown.service';
import { startTestApp, type TestApp } from '../setup/test-app';

const FINE = { database: 'ok', migrations: 'ok', shutdown: 'ok' };

async function readiness(app: TestApp) {
  const answer = await app.inject({ method: 'GET', url: '/health/ready/' });
  return { status: answer.statusCode, body: answer.json<unknown>(), headers: answer.headers };
}

describe('health', () => {
  it('is live and ready', async () => {
    const app = await startTestApp();
    const live = await app.inject({ method: 'GET', url: '/health/live' });
    expect(live.statusCode).toBe(200);
    expect(live.json()).toEqual({ status: 'ok' });
    const { status, body, headers } = await readiness(app);
    expect(status).toBe(200);
    expect(body).toEqual({ status: 'ok', checks: FINE });
    expect(headers).not.toHaveProperty('ratelimit-limit');
  });

  it('asks the database once for probes that come together', async () => {
    const app = await startTestApp();
    const rows = jest.spyOn(app.get(Database), 'rows');
    const answers = await Promise.all(Array.from({ length: 20 }, () => readiness(app)));
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    expect(rows.mock.calls.length).toBeLessThan(20);
    rows.mockRestore();
  });

  it('is live but not ready while the process ends', async () => {
    const app = await startTestApp();
    app.get(ShutdownService).begin();
    expect(await readiness(app)).toMatchObject({
      status: 503,
      body: { status: 'unavailable', checks: { ...FINE, shutdown: 'failed' } },
    });
    expect((await app.inject({ method: 'GET', url: '/health/live' })).statusCode).toBe(200);
  });

  it('is not ready before its migrations are applied', async () => {
    const app = await startTestApp();
    const dataSource = app.get(DataSource);
    class Later1999999999999 {
      name = 'Later1999999999999';
      up = async (): Promise<void> => {};
      down = async (): Promise<void> => {};
    }
    dataSource.migrations.push(new Later1999999999999());
    expect(await readiness(app)).toMatchObject({ status: 503, body: { checks: { ...FINE, migrations: 'failed' } } });
    dataSource.migrations.pop();
    expect(await readiness(app)).toMatchObject({ status: 200 });
  });

  it('is not ready without a database, and says no more than that', async () => {
    const app = await startTestApp();
    expect((await readiness(app)).status).toBe(200);
    await app.get(DataSource).destroy();
    const { status, body } = await readiness(app);
    expect(status).toBe(503);
    expect(body).toEqual({ status: 'unavailable', checks: { ...FINE, database: 'failed' } });
    expect((await app.inject({ method: 'GET', url: '/health/live' })).statusCode).toBe(200);
    await app.get(DataSource).initialize();
  });
});
