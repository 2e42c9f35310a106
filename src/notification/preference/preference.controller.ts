import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Authenticated } from '../../common/access';
import { CurrentUser, type Principal } from '../../common/current-user';
import { Fails } from '../../infra/docs/fails';
import { Envelope } from '../../infra/http/envelope';
import { PreferencesRequest } from './dto/preference.request';
import { PreferencesResponse } from './dto/preference.response';
import { lockedKind, namedTwice, noQuietHours } from './preference.errors';
import { PreferenceService } from './preference.service';

@ApiTags('Notifications')
@Controller('feed/api/notifications/preferences')
@Envelope('drf')
export class PreferenceController {
  constructor(private readonly preferences: PreferenceService) {}

  @Get()
  @Authenticated()
  @ApiOperation({ summary: 'By which ways you hear of what' })
  @ApiOkResponse({ type: PreferencesResponse })
  get(@CurrentUser() { accountId }: Principal): Promise<PreferencesResponse> {
    return this.preferences.get(accountId);
  }

  @Put()
  @Authenticated()
  @Fails(lockedKind(0, 'bell'), namedTwice(1), noQuietHours())
  @ApiOperation({
    summary: 'Hear of things by other ways',
    description: 'What is not named stays as it is. Security notices come always.',
  })
  @ApiOkResponse({ type: PreferencesResponse })
  put(@CurrentUser() { accountId }: Principal, @Body() body: PreferencesRequest): Promise<PreferencesResponse> {
    return this.preferences.put(accountId, body);
  }
}
