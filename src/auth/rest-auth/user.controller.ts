import { Body, Controller, Get, Patch, Put } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Authenticated } from '../../common/access';
import { CurrentUser, type Principal } from '../../common/current-user';
import { Fails } from '../../infra/docs/fails';
import { AcceptsForm } from '../../infra/http/accepts-form';
import { Envelope } from '../../infra/http/envelope';
import { UserPatchRequest, UserRequest } from './dto/user.request';
import { UserResponse } from './dto/user.response';
import { creatorForGood, taken } from './rest-auth.errors';
import { UserService } from './user.service';

/** One's own account, as memboro shows it (COMPAT 3.1). */
@ApiTags('Account')
@Controller('authenticate/rest-auth/user')
@Envelope('drf')
@AcceptsForm()
export class UserController {
  constructor(private readonly users: UserService) {}

  @Get()
  @Authenticated()
  @ApiOperation({ summary: 'My account' })
  @ApiOkResponse({ type: UserResponse })
  read(@CurrentUser() { accountId }: Principal): Promise<UserResponse> {
    return this.users.read(accountId);
  }

  @Put()
  @Authenticated()
  @ApiOperation({ summary: 'Change my account', description: '`pk` and `email` are read-only.' })
  @ApiOkResponse({ type: UserResponse })
  @Fails(taken(['username']), creatorForGood())
  replace(@CurrentUser() { accountId }: Principal, @Body() body: UserRequest): Promise<UserResponse> {
    return this.users.change(accountId, body);
  }

  @Patch()
  @Authenticated()
  @ApiOperation({ summary: 'Change some of my account' })
  @ApiOkResponse({ type: UserResponse })
  @Fails(taken(['username']), creatorForGood())
  change(@CurrentUser() { accountId }: Principal, @Body() body: UserPatchRequest): Promise<UserResponse> {
    return this.users.change(accountId, body);
  }
}
