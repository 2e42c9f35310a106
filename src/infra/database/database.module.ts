import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { DatabaseSettings } from '../config/database.settings';
import { Settings } from '../config/settings';
import { CurrentTransaction } from './current-transaction';
import { Database } from './database';
import { Gateway } from './gateway';
import { gatewayOf } from './gateway-of';
import { openMigratedDataSource } from './open-data-source';
import { UnitOfWork } from './unit-of-work';

/** Our settings, carried through Nest's TypeORM module to the factory below. */
interface Carrier {
  readonly guildhall: DatabaseSettings;
}

/**
 * Opens the database, embedded or not, and applies pending migrations before any other provider is made. It is closed
 * in the last shutdown phase: whoever still writes must finish in `beforeApplicationShutdown`.
 */
@Global()
@Module({
  imports: [
    TypeOrmModule.forRootAsync({
      inject: [Settings],
      useFactory: ({ database }: Settings) => ({
        type: database.kind === 'mysql' ? 'mysql' : 'postgres',
        autoLoadEntities: true,
        retryAttempts: 0,
        guildhall: database,
      }),
      dataSourceFactory: (options) =>
        openMigratedDataSource((options as unknown as Carrier).guildhall, options?.entities),
    }),
  ],
  providers: [
    CurrentTransaction,
    { provide: Gateway, inject: [DataSource], useFactory: gatewayOf },
    Database,
    UnitOfWork,
  ],
  exports: [Database, UnitOfWork],
})
export class DatabaseModule {}
