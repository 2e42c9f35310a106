import { openMigratedDataSource } from '../../src/infra/database/open-data-source';

export async function migrateTemplate(url: string): Promise<void> {
  const kind = url.startsWith('mysql:') ? 'mysql' : 'postgres';
  const dataSource = await openMigratedDataSource({ kind, url, poolSize: 2 });
  await dataSource.destroy();
}
