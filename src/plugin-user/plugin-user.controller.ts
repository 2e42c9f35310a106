import { Controller, Delete, Get, HttpCode, Post, Put, RawBody as BodyBytes, UseGuards } from '@nestjs/common';
import { ApiBody, ApiCreatedResponse, ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Public } from '../common/access';
import { Fails } from '../infra/docs/fails';
import { Cors } from '../infra/http/cors';
import { Envelope } from '../infra/http/envelope';
import { RawBody } from '../infra/http/raw-body';
import { UntypedJson } from '../infra/http/untyped-json';
import { RateLimit } from '../infra/rate-limit/rate-limit.decorator';
import { ChangePluginUserRequest, CreatePluginUserRequest } from './dto/plugin-user.request';
import {
  ChangedPluginUserResponse,
  CreatedPluginUserResponse,
  DeletedPluginUserResponse,
  PluginUserResponse,
} from './dto/plugin-user.response';
import type { PluginIdentity } from './plugin-caller';
import { PLUGIN_ORIGINS } from './plugin-cors.policy';
import type { ActivePlugin } from './plugin-registry';
import { fieldInvalid, nameRequired, tokenInvalid, tokenMissing, userExists, userUnknown } from './plugin-user.errors';
import { CallingPlugin, CurrentPluginUser, PluginGuard, PluginUser } from './plugin-user.guard';
import { PluginUserService } from './plugin-user.service';

const TOKEN_HEADER = { name: 'Plugin-User-Id', required: true, description: 'The encrypted user id: a Fernet token.' };
const CHANGES = {
  name: { value: { name: 'Rivka' } },
  fields: { summary: 'any further fields', value: { theme: 'dark', bookmarks: ['Genesis 1:1'] } },
};
const PLUGIN_HEADER = { name: 'Plugin-Id', required: false, description: 'Id of a registered plugin.', example: '3' };

@ApiTags('Plugin users')
@ApiHeader(PLUGIN_HEADER)
@Envelope('plugin')
@Cors(PLUGIN_ORIGINS)
@UntypedJson()
@Controller('plugin_user')
export class PluginUserController {
  constructor(private readonly users: PluginUserService) {}

  @Fails(tokenMissing(), tokenInvalid(), userExists())
  @ApiOperation({ summary: 'A new plugin user' })
  @ApiBody({ type: CreatePluginUserRequest })
  @ApiCreatedResponse({ type: CreatedPluginUserResponse })
  @RawBody()
  @RateLimit('plugin')
  @UseGuards(PluginGuard)
  @Public()
  @Post()
  create(@CallingPlugin() plugin: ActivePlugin, @BodyBytes() body: unknown): Promise<CreatedPluginUserResponse> {
    return this.users.create(plugin, body);
  }

  @Fails(userUnknown())
  @ApiOperation({ summary: 'The plugin user, with name and further fields' })
  @ApiHeader(TOKEN_HEADER)
  @ApiOkResponse({ type: PluginUserResponse })
  @RateLimit('plugin')
  @PluginUser()
  @Get()
  get(@CurrentPluginUser() user: PluginIdentity): Promise<PluginUserResponse> {
    return this.users.get(user);
  }

  @Fails(userUnknown(), nameRequired(), fieldInvalid('id is reserved'))
  @ApiOperation({ summary: 'Sets the name and further fields; what is not named stays' })
  @ApiHeader(TOKEN_HEADER)
  @ApiBody({ type: ChangePluginUserRequest, examples: CHANGES })
  @ApiOkResponse({ type: ChangedPluginUserResponse })
  @RawBody()
  @RateLimit('plugin')
  @PluginUser()
  @Put()
  update(@CurrentPluginUser() user: PluginIdentity, @BodyBytes() body: unknown): Promise<ChangedPluginUserResponse> {
    return this.users.update(user, body);
  }

  /** Any body is left unread. */
  @Fails(userUnknown())
  @ApiOperation({ summary: 'Deletes the plugin user' })
  @ApiHeader(TOKEN_HEADER)
  @ApiOkResponse({ type: DeletedPluginUserResponse })
  @RawBody()
  @RateLimit('plugin')
  @PluginUser()
  @HttpCode(200)
  @Delete()
  remove(@CurrentPluginUser() user: PluginIdentity): Promise<DeletedPluginUserResponse> {
    return this.users.remove(user);
  }
}
