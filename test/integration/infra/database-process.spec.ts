import { createServer } from 'node:http';
import { once } from 'node:events';
import { join } from 'node:path';
import { isServing, readPostmaster } from '../../../src/infra/database/embedded/postmaster';
import { closeAfterSpec } from '../../setup/spec-database';
import { startAppProcess } from '../../setup/processes';
import { temporaryFolder } from '../../setup/test-settings';

// Whole servers and processes start here; a busy machine takes its time for them.
jest.setTimeout(120_000);

/** Without the URL of a server: the app then brings its own. */
function embedded(dataDir: string): Record<string, string> {
  return { DATABASE_URL: '', DATA_DIR: dataDir };
}

function serverOf(dataDir: string): number | undefined {
  const cluster = join(dataDir, 'postgres/cluster');
  const pid = readPostmaster(cluster)?.pid;
  return pid !== undefined && isServing(pid, cluster) ? pid : undefined;
}

describe('the app with its embedded server', () => {
  it('is killed, started again on the same server, and stopped with it', async () => {
    const dataDir = temporaryFolder();
    const killed = await startAppProcess(embedded(dataDir));
    const server = serverOf(dataDir);
    expect(server).toBeDefined();
    await killed.signal('SIGKILL');
    expect(serverOf(dataDir)).toBe(server);
    const heir = await startAppProcess(embedded(dataDir));
    expect(serverOf(dataDir)).toBe(server);
    expect(await heir.signal('SIGTERM')).toBe(0);
    expect(serverOf(dataDir)).toBeUndefined();
  });

  it('has several workers on one server, which stops after the last of them', async () => {
    const dataDir = temporaryFolder();
    const app = await startAppProcess({ ...embedded(dataDir), WEB_CONCURRENCY: '2' });
    expect(serverOf(dataDir)).toBeDefined();
    expect(await app.signal('SIGTERM')).toBe(0);
    expect(serverOf(dataDir)).toBeUndefined();
  });

  it('leaves no server behind where it can not listen', async () => {
    const dataDir = temporaryFolder();
    const occupied = createServer((_, response) => response.writeHead(404).end()).listen(0, '127.0.0.1');
    await once(occupied, 'listening');
    closeAfterSpec(async () => void occupied.close());
    const address = occupied.address();
    const port = typeof address === 'object' && address ? String(address.port) : '';
    await expect(startAppProcess({ ...embedded(dataDir), PORT: port })).rejects.toThrow('EADDRINUSE');
    expect(serverOf(dataDir)).toBeUndefined();
  });
});
