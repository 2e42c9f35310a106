import { Controller, Get, Param } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { Authenticated } from '../common/access';
import { CurrentUser, type Principal } from '../common/current-user';
import { Fails } from '../infra/docs/fails';
import { EncryptedUserIdResponse } from './dto/plugin-user.response';
import { PluginTokenService } from './plugin-token.service';
import { pluginNotFound } from './plugin.errors';

@ApiTags('Plugin users')
@Controller('plugin')
export class PluginTokenController {
  constructor(private readonly tokens: PluginTokenService) {}

  @Fails(pluginNotFound())
  @ApiParam({ name: 'pluginId', example: '3' })
  @ApiOperation({ summary: 'My id, encrypted for a plugin' })
  @ApiOkResponse({ type: EncryptedUserIdResponse })
  @Authenticated()
  @Get(':pluginId/user')
  user(@Param('pluginId') pluginId: string, @CurrentUser() caller: Principal): Promise<EncryptedUserIdResponse> {
    return this.tokens.issue(pluginId, caller.accountId);
  }
}
