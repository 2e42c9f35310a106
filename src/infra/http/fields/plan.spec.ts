import 'reflect-metadata';
import { BooleanField, CharField, EmailField, IntegerField, ListField, ObjectField, partial } from '../fields';
import { formBody } from '../form-body';
import { ValidationPipe } from '../validation.pipe';
import { charCheck } from './char.field';
import { checkObject, Strict } from './plan';
import { Refusal } from './refusal';

class Address {
  @CharField({ max: 20 })
  city: string;
}

class Person {
  @CharField({ max: 10 })
  name: string;

  @EmailField({ required: false, nullable: true })
  email?: string | null;

  @CharField({ required: false, blank: true })
  bio?: string;

  @IntegerField({ required: false })
  size = 3;

  @ListField({ item: charCheck({ max: 5 }), required: false })
  tags?: string[];

  @ObjectField(Address, { required: false })
  address?: Address;
}

class Employee extends Person {
  @BooleanField({ required: false })
  active?: boolean;
}

@Strict()
class StrictPerson extends Person {}

function errorsOf(verdict: unknown): unknown {
  return verdict instanceof Refusal ? verdict.errors : { passed: verdict };
}

describe('request classes', () => {
  it('gives an instance with the checked values, defaults kept and foreign fields dropped', () => {
    const person = checkObject(Person, { name: ' Ada ', nickname: 'A', address: { city: 'London', zip: 1 } });
    expect(person).toBeInstanceOf(Person);
    expect(person).toEqual({ name: 'Ada', size: 3, address: { city: 'London' } });
  });

  it('gathers every fault, by field', () => {
    const verdict = checkObject(Person, { email: 'x', bio: [], size: '1.5', tags: ['toolong', 'ok'], address: {} });
    expect(errorsOf(verdict)).toEqual({
      name: ['This field is required.'],
      email: ['Enter a valid email address.'],
      bio: ['Not a valid string.'],
      size: ['A valid integer is required.'],
      tags: { 0: ['Ensure this field has no more than 5 characters.'] },
      address: { city: ['This field is required.'] },
    });
  });

  it('tells null from missing', () => {
    expect(checkObject(Person, { name: 'Ada', email: null })).toEqual({ name: 'Ada', size: 3, email: null });
    expect(errorsOf(checkObject(Person, { name: null, tags: null }))).toEqual({
      name: ['This field may not be null.'],
      tags: ['This field may not be null.'],
    });
  });

  it.each([
    [[], 'Invalid data. Expected a dictionary, but got list.'],
    ['text', 'Invalid data. Expected a dictionary, but got str.'],
    [5, 'Invalid data. Expected a dictionary, but got int.'],
    [5.5, 'Invalid data. Expected a dictionary, but got float.'],
    [true, 'Invalid data. Expected a dictionary, but got bool.'],
    [null, 'No data provided'],
  ])('answers the root %j as DRF does', (input, message) => {
    expect(errorsOf(checkObject(Person, input))).toEqual({ non_field_errors: [message] });
  });

  it('takes no body for an empty one', () => {
    expect(errorsOf(checkObject(Person, undefined))).toEqual({ name: ['This field is required.'] });
  });

  it('looks at own members only', () => {
    const input = Object.create({ name: 'inherited' }) as object;
    expect(errorsOf(checkObject(Person, input))).toEqual({ name: ['This field is required.'] });
  });

  it('knows the fields of the class it extends', () => {
    expect(checkObject(Employee, { name: 'Ada', active: 'true' })).toEqual({ name: 'Ada', size: 3, active: true });
    expect(checkObject(Person, { name: 'Ada', active: 'x' })).toEqual({ name: 'Ada', size: 3 });
  });

  it('refuses foreign fields where it is strict, and names no more than twenty', () => {
    expect(errorsOf(checkObject(StrictPerson, { name: '', nickname: 'A' }))).toEqual({
      name: ['This field may not be blank.'],
      nickname: ['Unknown field.'],
    });
    const many = Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`x${i}`, 1]));
    const errors = errorsOf(checkObject(StrictPerson, { name: 'Ada', ...many })) as object;
    expect(Object.keys(errors)).toHaveLength(20);
  });

  it('makes all fields optional for a change in part', () => {
    const PersonChange = partial(Person);
    expect(checkObject(PersonChange, {})).toEqual({});
    expect(checkObject(PersonChange, { name: ' Ada ' })).toEqual({ name: 'Ada' });
    expect(errorsOf(checkObject(PersonChange, { name: '' }))).toEqual({ name: ['This field may not be blank.'] });
  });

  it('takes an empty input of a form for a missing one, unless empty is an answer', () => {
    const form = { name: 'Ada', email: '', bio: '', size: '', tags: '' };
    expect(checkObject(Person, form, 'form')).toEqual({ name: 'Ada', email: null, bio: '', size: 3 });
    expect(errorsOf(checkObject(Person, { name: '' }, 'form'))).toEqual({ name: ['This field may not be blank.'] });
  });
});

describe('the pipe', () => {
  const pipe = new ValidationPipe();

  it('leaves what is no request class alone', () => {
    expect(pipe.transform('x', { type: 'param', metatype: String })).toBe('x');
    expect(pipe.transform({ a: 1 }, { type: 'body', metatype: Object })).toEqual({ a: 1 });
    expect(pipe.transform({ a: 1 }, { type: 'body' })).toEqual({ a: 1 });
    expect(pipe.transform({ a: 1 }, { type: 'custom', metatype: Person })).toEqual({ a: 1 });
  });

  it('refuses to let a class pass that checks nothing', () => {
    class Forgotten {
      name: string;
    }
    expect(() => pipe.transform({ name: 1 }, { type: 'body', metatype: Forgotten })).toThrow('Forgotten has no fields');
    expect(pipe.transform(Buffer.from('x'), { type: 'body', metatype: Buffer })).toEqual(Buffer.from('x'));
  });

  it('throws the fields that are wrong', () => {
    expect(() => pipe.transform({}, { type: 'body', metatype: Person })).toThrow(
      expect.objectContaining({ kind: 'invalid', details: { fields: { name: ['This field is required.'] } } }),
    );
  });

  it('reads queries and forms as forms', () => {
    expect(pipe.transform({ name: 'Ada', size: '' }, { type: 'query', metatype: Person })).toEqual({
      name: 'Ada',
      size: 3,
    });
    const form = formBody('name=Ada&size=&size=7', 10);
    expect(pipe.transform(form, { type: 'body', metatype: Person })).toEqual({ name: 'Ada', size: 7 });
  });
});

describe('form bodies', () => {
  it('decodes as browsers encode, the last of a repeated name counts', () => {
    expect(formBody('a=1+2&b=%C3%A9&a=%2B', 10)).toEqual({ a: '+', b: 'é' });
    expect(formBody('__proto__=x&a', 10)).toEqual({ a: '' });
  });

  it('has a limit', () => {
    expect(formBody('a=1&a=2&a=3', 3)).toEqual({ a: '3' });
    expect(formBody('a=1&a=2&a=3', 2)).toBeUndefined();
  });
});
