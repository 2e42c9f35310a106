import { Controller, Get, Header } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Public } from '../../common/access';
import { JwkSetResponse } from './dto/encryption-key.response';
import { EncryptionKeyService } from './encryption-key.service';

@ApiTags('Sign-in')
@Controller('.well-known')
export class JwksController {
  constructor(private readonly keys: EncryptionKeyService) {}

  @Get('jwks.json')
  @Public()
  @Header('Cache-Control', 'public, max-age=300')
  @ApiOperation({
    summary: 'The public keys for encrypted sign-in bodies',
    description: 'Encrypt to the first. The others are older and still decrypt.',
  })
  @ApiOkResponse({ type: JwkSetResponse })
  async read(): Promise<JwkSetResponse> {
    return { keys: await this.keys.publicKeys() };
  }
}
