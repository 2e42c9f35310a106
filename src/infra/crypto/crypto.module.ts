import { Global, Module } from '@nestjs/common';
import { Settings } from '../config/settings';
import { FieldCipher } from './field-cipher';

@Global()
@Module({
  providers: [
    {
      provide: FieldCipher,
      useFactory: (settings: Settings) => new FieldCipher(settings.fieldEncryptionKeys),
      inject: [Settings],
    },
  ],
  exports: [FieldCipher],
})
export class CryptoModule {}
