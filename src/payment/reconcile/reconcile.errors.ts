import { type DomainError, invalid } from '../../common/domain-error';
import { LONGEST_DAYS, type WindowFault } from './window.rules';

export function badWindow(fault: WindowFault): DomainError {
  switch (fault) {
    case 'ahead':
      return invalid({ from: ['This must not lie in the future.'] });
    case 'ends_first':
      return invalid({ to: ['This must lie behind from.'] });
    case 'too_early':
      return invalid({ from: ['This must not lie before 2000.'] });
    case 'too_long':
      return invalid({ from: [`This must lie at most ${LONGEST_DAYS} days before to.`] });
  }
}
