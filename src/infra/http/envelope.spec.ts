import 'reflect-metadata';
import { Controller, Get, Post } from '@nestjs/common';
import { AcceptsForm } from './accepts-form';
import { Envelope } from './envelope';
import { RawBody } from './raw-body';
import { routeConfigOf } from './route-config';

@Envelope('drf')
@AcceptsForm()
@Controller()
class Routes {
  @Get()
  plain(): void {}

  @Envelope('lernito')
  @RawBody()
  @Post()
  own(): void {}

  helper(): void {}
}

const configOf = (name: keyof Routes) =>
  routeConfigOf(Object.getOwnPropertyDescriptor(Routes.prototype, name)?.value as object);

describe('route markers', () => {
  it('reach every handler of a controller, and what a handler says itself wins', () => {
    expect(configOf('plain')).toEqual({ envelope: 'drf', acceptsForm: true });
    expect(configOf('own')).toEqual({ envelope: 'lernito', acceptsForm: true, rawBody: true });
  });

  it('leave methods alone that answer no route', () => {
    expect(configOf('helper')).toEqual({});
  });
});
