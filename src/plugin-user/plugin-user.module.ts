import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { PluginKey } from './entities/plugin-key.entity';
import { PluginUser } from './entities/plugin-user.entity';
import { Plugin } from './entities/plugin.entity';
import { KeyUse } from './key-use';
import { LegacyPlugin } from './legacy-plugin';
import { PluginCaller } from './plugin-caller';
import { PluginCorsPolicy } from './plugin-cors.policy';
import { PluginKeyRepository } from './plugin-key.repository';
import { PluginKeyService } from './plugin-key.service';
import { PluginKeys } from './plugin-keys';
import { PluginRegistry } from './plugin-registry';
import { PluginTokenController } from './plugin-token.controller';
import { PluginTokenService } from './plugin-token.service';
import { PluginTokens } from './plugin-tokens';
import { PluginUserController } from './plugin-user.controller';
import { PluginUserListener } from './plugin-user.listener';
import { PluginUserRepository } from './plugin-user.repository';
import { PluginUserService } from './plugin-user.service';
import { PluginAdminController } from './plugin.admin.controller';
import { PluginRepository } from './plugin.repository';
import { PluginService } from './plugin.service';

@Module({
  imports: [TypeOrmModule.forFeature([Plugin, PluginKey, PluginUser])],
  controllers: [PluginUserController, PluginTokenController, PluginAdminController],
  providers: [
    PluginRepository,
    PluginKeyRepository,
    PluginUserRepository,
    PluginKeys,
    LegacyPlugin,
    PluginRegistry,
    KeyUse,
    PluginTokens,
    PluginCaller,
    PluginCorsPolicy,
    PluginService,
    PluginKeyService,
    PluginTokenService,
    PluginUserService,
    PluginUserListener,
  ],
  exports: [PluginCaller, PluginUserService],
})
export class PluginUserModule {}
