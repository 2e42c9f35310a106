import type { Provider } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Settings } from '../../infra/config/settings';
import { Database } from '../../infra/database/database';
import { NewsBus, NoNewsBus } from './news-bus';
import { PostgresNewsBus } from './postgres-news-bus';
import { RedisNewsBus } from './redis-news-bus';

/** Redis where there is one, else PostgreSQL itself, else nothing but asking. */
export const NEWS_BUS: Provider = {
  provide: NewsBus,
  inject: [Settings, Database, DataSource],
  useFactory: ({ redisUrl }: Settings, database: Database, dataSource: DataSource): NewsBus => {
    if (redisUrl !== undefined) return new RedisNewsBus(redisUrl);
    return database.dialect === 'postgres' ? new PostgresNewsBus(database, dataSource) : new NoNewsBus();
  },
};
