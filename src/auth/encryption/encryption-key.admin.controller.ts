import { Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
} from '@nestjs/swagger';
import { Roles } from '../../common/access';
import { EncryptionKeyResponse, encryptionKeyResponse } from './dto/encryption-key.response';
import { EncryptionKeyService } from './encryption-key.service';

@ApiTags('Admin: encryption keys')
@Controller('admin/encryption-keys')
export class EncryptionKeyAdminController {
  constructor(private readonly keys: EncryptionKeyService) {}

  @Get()
  @Roles('admin')
  @ApiOperation({ summary: 'All encryption keys, newest first' })
  @ApiOkResponse({ type: EncryptionKeyResponse, isArray: true })
  async list(): Promise<EncryptionKeyResponse[]> {
    return (await this.keys.list()).map(encryptionKeyResponse);
  }

  @Post()
  @Roles('admin')
  @ApiOperation({ summary: 'Make a new key', description: 'The older ones go on decrypting until they are retired.' })
  @ApiCreatedResponse({ type: EncryptionKeyResponse })
  async create(): Promise<EncryptionKeyResponse> {
    return encryptionKeyResponse(await this.keys.create());
  }

  @Delete(':kid/')
  @Roles('admin')
  @HttpCode(204)
  @ApiParam({ name: 'kid', example: 'q1w2e3r4t5y6' })
  @ApiOperation({ summary: 'Retire a key', description: 'What was encrypted to it can not be read any more.' })
  @ApiNoContentResponse()
  retire(@Param('kid') kid: string): Promise<void> {
    return this.keys.retire(kid);
  }
}
