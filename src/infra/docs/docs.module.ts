import { Module } from '@nestjs/common';
import { ApiDocument } from './api-document';
import { DocsController } from './docs.controller';
import { DocsService } from './docs.service';

@Module({ controllers: [DocsController], providers: [ApiDocument, DocsService], exports: [ApiDocument] })
export class DocsModule {}
