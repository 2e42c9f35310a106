import { type DomainError, invalid, notFound } from '../../common/domain-error';
import { unknownPk } from '../content.errors';

/** How a surface names the creator: in the path, or in a field of the body. */
export type FollowedAs = 'path' | 'field';

export const unknownCreator = (as: FollowedAs, id: number): DomainError =>
  as === 'path' ? notFound() : unknownPk('creator', id);

export const followsOneself = (as: FollowedAs): DomainError =>
  invalid({ [as === 'path' ? 'non_field_errors' : 'creator']: ['You cannot follow yourself.'] });
