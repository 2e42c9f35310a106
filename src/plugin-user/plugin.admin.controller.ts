import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Roles } from '../common/access';
import { type Page, parsePage } from '../common/page';
import { Fails } from '../infra/docs/fails';
import { IdParam } from '../infra/http/id-param';
import { PageUrl } from '../infra/http/page-url';
import { PageRequest } from '../infra/http/page.request';
import { pageResponse } from '../infra/http/page.response';
import { ChangePluginRequest, RegisterPluginRequest } from './dto/plugin.request';
import { NewPluginKeyResponse, PluginResponse, RegisteredPluginResponse } from './dto/plugin.response';
import { PluginKeyService } from './plugin-key.service';
import { keyNotFound, lastKey, pluginNotFound, pluginReserved, pluginRevoked, tooManyKeys } from './plugin.errors';
import { PluginService } from './plugin.service';

@ApiTags('Admin: plugins')
@Controller('admin/plugins')
export class PluginAdminController {
  constructor(
    private readonly plugins: PluginService,
    private readonly keys: PluginKeyService,
  ) {}

  @ApiOperation({ summary: 'Registers a plugin; its key is shown this once' })
  @ApiCreatedResponse({ type: RegisteredPluginResponse })
  @Roles('admin')
  @Post()
  register(@Body() request: RegisterPluginRequest): Promise<RegisteredPluginResponse> {
    return this.plugins.register(request);
  }

  @ApiOperation({ summary: 'All plugins, the legacy one and revoked ones among them' })
  @ApiOkResponse({ type: pageResponse(PluginResponse) })
  @Roles('admin')
  @Get()
  list(@Query() query: PageRequest, @PageUrl() url: URL): Promise<Page<PluginResponse>> {
    return this.plugins.list(parsePage(query), url);
  }

  @Fails(pluginNotFound())
  @ApiOperation({ summary: 'A plugin with its keys and when they were last used' })
  @ApiOkResponse({ type: PluginResponse })
  @Roles('admin')
  @Get(':id')
  get(@Param('id', IdParam) id: number): Promise<PluginResponse> {
    return this.plugins.get(id);
  }

  @Fails(pluginNotFound(), pluginRevoked())
  @ApiOperation({ summary: 'Changes a plugin' })
  @ApiOkResponse({ type: PluginResponse })
  @Roles('admin')
  @Patch(':id')
  change(@Param('id', IdParam) id: number, @Body() request: ChangePluginRequest): Promise<PluginResponse> {
    return this.plugins.change(id, request);
  }

  @Fails(pluginNotFound(), pluginReserved())
  @ApiOperation({ summary: 'Revokes a plugin for good' })
  @ApiNoContentResponse()
  @Roles('admin')
  @HttpCode(204)
  @Delete(':id')
  revoke(@Param('id', IdParam) id: number): Promise<void> {
    return this.plugins.revoke(id);
  }

  @Fails(pluginNotFound(), pluginReserved(), pluginRevoked(), tooManyKeys(10))
  @ApiOperation({ summary: 'Adds a key, which encrypts from now on; it is shown this once' })
  @ApiCreatedResponse({ type: NewPluginKeyResponse })
  @Roles('admin')
  @Post(':id/keys')
  rotate(@Param('id', IdParam) id: number): Promise<NewPluginKeyResponse> {
    return this.keys.rotate(id);
  }

  @Fails(pluginNotFound(), pluginReserved(), pluginRevoked(), keyNotFound(), lastKey())
  @ApiOperation({ summary: 'Retires a key: its tokens are refused from now on' })
  @ApiNoContentResponse()
  @Roles('admin')
  @HttpCode(204)
  @Delete(':id/keys/:keyId')
  retire(@Param('id', IdParam) id: number, @Param('keyId', IdParam) keyId: number): Promise<void> {
    return this.keys.retire(id, keyId);
  }
}
