import { type DynamicModule, Module } from '@nestjs/common';
import { Clock, SystemClock } from '../../common/clock';
import { Settings } from './settings';

@Module({})
export class ConfigModule {
  /** The settings are loaded before the application is built, so that a fault stops the start with plain words. */
  static forRoot(settings: Settings, clock: Clock = new SystemClock()): DynamicModule {
    return {
      module: ConfigModule,
      global: true,
      providers: [
        { provide: Settings, useValue: settings },
        { provide: Clock, useValue: clock },
      ],
      exports: [Settings, Clock],
    };
  }
}
